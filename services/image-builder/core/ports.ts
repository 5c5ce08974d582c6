import type {
  BuildStep,
  Digest,
  FunctionId,
  ImageConfig,
  ImageId,
  ImageManifest,
  LayerRef,
  MountFile,
  MountId,
  SecretId,
  WorkspaceId,
} from '@slipway/contracts';
import type { Refusal } from '@slipway/kernel';
import type { DebianRecipe } from './base/debian-rule.js';
import type { KnownImage } from './image/image.state.js';

export type LogStream = 'stdout' | 'stderr' | 'info';

/** Says something to whoever waits for the image. */
export type BuildLog = (data: string, stream: LogStream) => void;

/** An image that did not come out of one of our builds. */
export type BaseImage = Readonly<{
  layers: readonly LayerRef[];
  config: ImageConfig;
  pythonVersion?: string;
  libc?: 'gnu' | 'musl';
}>;

export type RegistryAuth = Readonly<{ type: string; secretId: SecretId }>;

export interface BaseImages {
  /** Undefined: no registry answers for this name. Throws when one does and refuses. */
  pull(
    name: string,
    auth: (RegistryAuth & Readonly<{ workspaceId: WorkspaceId }>) | undefined,
    log: BuildLog,
  ): Promise<BaseImage | undefined>;
  fromLayout(path: string, log: BuildLog): Promise<BaseImage | Refusal>;
  fromDebian(recipe: DebianRecipe, log: BuildLog): Promise<BaseImage>;
  uvImage(version: string, log: BuildLog): Promise<BaseImage>;
}

export type StepResult =
  | Readonly<{ ok: true; layer: LayerRef; output: string }>
  | Readonly<{ ok: false; exitCode?: number; message: string; output: string }>;

export interface Steps {
  /** Runs a step on some worker, again elsewhere when that one goes away. */
  run(step: Omit<BuildStep, 'stepId'>, log: BuildLog): Promise<StepResult>;
  /** Runs a builder function to its end, that of another app when its own is stopped; its layer, or why there is none. */
  runFunction(image: KnownImage, others: () => readonly FunctionId[], log: BuildLog): Promise<StepResult>;
}

export interface Contents {
  /** Stores a small file, for a heredoc. */
  putFile(body: string): Promise<Digest>;
  createMount(workspaceId: WorkspaceId, files: readonly MountFile[]): Promise<MountId>;
  filesOf(mountId: MountId): Promise<readonly MountFile[]>;
}

export interface RuntimeMounts {
  get(name: string): Promise<Readonly<{ mountId: MountId; checksum: string }>>;
}

export type SiteSettings = Readonly<{
  /** Mirrors, proxies and certificates of this site, for RUN. */
  env: Readonly<Record<string, string>>;
}>;

export type BuildPorts = Readonly<{
  bases: BaseImages;
  steps: Steps;
  contents: Contents;
  runtimeMounts: RuntimeMounts;
  site: SiteSettings;
  sha256Hex: (text: string) => string;
  /** What a heredoc's file is, before it is stored. */
  describeFile: (body: string) => Readonly<{ digest: Digest; sizeBytes: number }>;
  arch: string;
  /** Waits until a parent's build has ended; throws a RefusedError when it was never built. */
  parentManifest: (imageId: ImageId) => Promise<ImageManifest>;
}>;
