import type { GpuNeed, LayerRef, MountFile, SecretId } from '@slipway/contracts';

/** A step of a stage, complete: nothing of it depends on anything but what lies below. */
export type PlannedStep = Readonly<{
  /** The instruction as the author wrote it. */
  text: string;
  env: Readonly<Record<string, string>>;
  workdir: string;
  user?: string;
  secretIds: readonly SecretId[];
  gpu?: GpuNeed;
  action:
    | Readonly<{ kind: 'run'; argv: readonly string[] }>
    | Readonly<{ kind: 'copy-files'; files: readonly MountFile[] } & CopyTarget>
    | Readonly<{ kind: 'copy-layers'; layers: readonly LayerRef[] } & CopyTarget>;
}>;

export type CopyTarget = Readonly<{
  /** Absolute paths; those of layers may hold `*`, `?` and `[]`. */
  sources: readonly string[];
  destination: string;
  chown?: string;
  chmod?: string;
}>;
