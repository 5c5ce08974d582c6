import type { ImageConfig } from '@slipway/contracts';

export type Platform = Readonly<{ os: string; architecture: string }>;
export type Descriptor = Readonly<{
  mediaType: string;
  digest: string;
  size: number;
  platform?: Platform;
}>;
export type Manifest = Readonly<{ mediaType?: string; config: Descriptor; layers: readonly Descriptor[] }>;
export type Index = Readonly<{ manifests: readonly Descriptor[] }>;
export type ConfigDocument = Readonly<{
  os?: string;
  architecture?: string;
  config?: Readonly<{
    Env?: readonly string[] | null;
    WorkingDir?: string;
    Entrypoint?: readonly string[] | null;
    Cmd?: readonly string[] | null;
    User?: string;
    Labels?: Readonly<Record<string, string>> | null;
    Shell?: readonly string[];
  }>;
}>;

export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

const isListed = (document: unknown, list: 'manifests' | 'layers'): boolean =>
  Array.isArray((document as Readonly<Record<string, unknown>> | null)?.[list]);

export const isIndex = (document: unknown): document is Index => isListed(document, 'manifests');

export const isManifest = (document: unknown): document is Manifest =>
  isListed(document, 'layers') && typeof (document as Manifest).config?.digest === 'string';

/** The manifest of an index for this machine's processor. */
export const forPlatform = ({ manifests }: Index, architecture: string): Descriptor | undefined =>
  manifests.find(({ platform }) => platform?.os === 'linux' && platform.architecture === architecture) ??
  (manifests.length === 1 && !manifests[0]?.platform ? manifests[0] : undefined);

/** The processor's name as OCI documents spell it. */
export const ociArchitecture = (nodeArch: string): string => (nodeArch === 'x64' ? 'amd64' : nodeArch);

/** An image's configuration in our terms. */
export const imageConfig = ({ config = {} }: ConfigDocument): ImageConfig => ({
  env: Object.fromEntries(
    (config.Env ?? []).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  ),
  ...(config.WorkingDir ? { workdir: config.WorkingDir } : {}),
  ...(config.Entrypoint ? { entrypoint: config.Entrypoint } : {}),
  ...(config.Cmd ? { cmd: config.Cmd } : {}),
  ...(config.User ? { user: config.User } : {}),
  ...(config.Shell ? { shell: config.Shell } : {}),
  ...(config.Labels ? { labels: config.Labels } : {}),
});
