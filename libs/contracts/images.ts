import type { Digest, FunctionId, ImageId, MountId, SecretId, WorkspaceId } from './ids.js';
import type { GpuNeed } from './function-spec.js';

/**
 * A layer's blob: a zstd-compressed tar in overlayfs upper-directory form
 * (a deleted name is a 0:0 character device, an opaque directory has the xattr trusted.overlay.opaque=y).
 */
export type LayerRef = Readonly<{ digest: Digest; sizeBytes: number }>;

export type ImageConfig = Readonly<{
  env: Readonly<Record<string, string>>;
  workdir?: string;
  entrypoint?: readonly string[];
  cmd?: readonly string[];
  user?: string;
  shell?: readonly string[];
  labels?: Readonly<Record<string, string>>;
}>;

/** What lies in an image; `layers` from the lowest up. */
export type ImageManifest = Readonly<{
  imageId: ImageId;
  layers: readonly LayerRef[];
  config: ImageConfig;
  builderVersion: string;
  /** For example `3.11.2`, of a free-threaded one `3.14.2t`; absent where the image has no Python. */
  pythonVersion?: string;
  libc?: 'gnu' | 'musl';
  /** The client's dependencies for this image's Python, mounted at /__modal/deps; absent where builder ≤ 2024.10 installed them into the image. */
  dependencyMountId?: MountId;
}>;

/** What wheels of an image's Python are made for, as runtime mounts are named by it: `cp314t-manylinux_2_17-x86_64`. */
export const wheelTarget = (pythonVersion: string, libc: 'gnu' | 'musl', arch: string): string => {
  const [, minor = ''] = /^3\.(\d+)/.exec(pythonVersion) ?? [];
  const threads = pythonVersion.endsWith('t') ? 't' : '';
  return `cp3${minor}${threads}-${libc === 'gnu' ? 'manylinux_2_17' : 'musllinux_1_2'}-${arch}`;
};

/** The name of the runtime mount with the ASGI server that web functions are given, for an image's Python. */
export const webLaneMountName = (
  pythonVersion: string,
  libc: 'gnu' | 'musl',
  arch: 'x86_64' | 'aarch64',
): string => `slipway-web-lane-${wheelTarget(pythonVersion, libc, arch)}`;

export type ImageDefinition = Readonly<{
  dockerfileCommands: readonly string[];
  contextFiles: readonly Readonly<{ filename: string; contentBase64: string }>[];
  contextMountId?: MountId;
  baseImages: readonly Readonly<{ name: string; imageId: ImageId }>[];
  secretIds: readonly SecretId[];
  /** Of secrets without a name, whose id is new with each build: what stands for their variables where two builds are compared. */
  secretFingerprints?: Readonly<Record<SecretId, string>>;
  buildArgs: Readonly<Record<string, string>>;
  gpu?: GpuNeed;
  registryAuth?: Readonly<{ type: string; secretId: SecretId }>;
  /** `run_function`: a builder function whose file system becomes the image. `definitionHash` stands for what it does. */
  buildFunction?: Readonly<{
    functionId: FunctionId;
    definitionHash: string;
    inputBase64?: string;
    inputFormat: 'pickle' | 'cbor';
  }>;
}>;

export type DefineImage = Readonly<{
  workspaceId: WorkspaceId;
  environment: string;
  definition: ImageDefinition;
  builderVersion: string;
  forceBuild: boolean;
  ignoreCache: boolean;
}>;

export type ImageState =
  | Readonly<{ status: 'building' }>
  | Readonly<{ status: 'built'; manifest: ImageManifest }>
  | Readonly<{ status: 'failed'; message: string }>;

export type ImageDefined = Readonly<{ imageId: ImageId; state: ImageState }>;

export type AwaitImage = Readonly<{
  imageId: ImageId;
  workspaceId: WorkspaceId;
  /** How many log lines of this image the asker has seen. */
  afterEntry: number;
  waitMs: number;
  includeLogsOfFinished: boolean;
}>;

export type ImageProgress = Readonly<{
  logs: readonly Readonly<{ data: string; stream: 'stdout' | 'stderr' | 'info'; at: number }>[];
  lastEntry: number;
  state: ImageState;
}>;

export type PublicationView = Readonly<{
  imageId: ImageId;
  revisionId: string;
  publishedAtMs: number;
  publishedBy: string;
}>;

/** A name of an image, `name:tag`, with what it means now. */
export type ImageNameView = PublicationView & Readonly<{ tag: string; createdAtMs: number }>;

/** One step of a build, run by any worker in the same isolation as a function. */
export type BuildStep = Readonly<{
  stepId: string;
  workspaceId: WorkspaceId;
  /** Layers below the step, lowest first; none for `FROM scratch`. */
  base: readonly LayerRef[];
  env: Readonly<Record<string, string>>;
  workdir: string;
  user?: string;
  action:
    | Readonly<{
        kind: 'run';
        argv: readonly string[];
        secretIds: readonly SecretId[];
        gpu?: GpuNeed;
        timeoutMs: number;
      }>
    | Readonly<{
        kind: 'copy';
        /** Files come from a mount (paths as the mount names them) or from another image's layers. */
        from: Readonly<{ mountId: MountId }> | Readonly<{ layers: readonly LayerRef[] }>;
        sources: readonly string[];
        destination: string;
        chown?: string;
        chmod?: string;
      }>;
}>;

export type BuildStepClaimed = Readonly<{ workerId: string }>;

export type AwaitBuildStep = Readonly<{ stepId: string; afterEntry: number; waitMs: number }>;

export type BuildStepProgress = Readonly<{
  logs: readonly Readonly<{ data: string; stream: 'stdout' | 'stderr' }>[];
  lastEntry: number;
  result?:
    | Readonly<{ ok: true; layer: LayerRef }>
    /** `fault`: the platform failed, not the step; it may work when it is run again. */
    | Readonly<{ ok: false; exitCode?: number; message: string; fault?: 'platform' }>;
}>;
