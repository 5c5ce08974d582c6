import type { ImageId, MountId, SecretId, VolumeId } from './ids.js';
import type { LatencyClass, PlacementNeed } from './placement.js';
import type { WebEndpoints } from './web.js';

/** GPU need: `type` is a canonical name of gpu-types.ts, or `any`. */
export type GpuNeed = Readonly<{ type: string; count: number }>;

/** What a container asks of its host. */
export type Resources = Readonly<{
  milliCpu: number;
  milliCpuLimit?: number;
  memoryMiB: number;
  memoryLimitMiB?: number;
  ephemeralDiskMiB?: number;
  /** Acceptable GPUs, best first; empty: none needed. */
  gpus: readonly GpuNeed[];
}>;

export type RetryPolicy = Readonly<{
  /** 0: what failed is not tried again. */
  retries: number;
  initialDelayMs: number;
  backoffCoefficient: number;
  maxDelayMs: number;
}>;

export type AutoscalerSettings = Readonly<{
  minContainers: number;
  /** 0: no limit of its own. */
  maxContainers: number;
  bufferContainers: number;
  scaledownWindowMs: number;
  /** Demand that the live containers cannot meet has to last this long before it calls for more of them. */
  scaleupWindowMs?: number;
  /** Inputs at once for which a container counts, in place of the function's own target. */
  targetConcurrency?: number;
}>;

/** When a function of a deployed app is called by itself. A period is counted from its deployment: calendar months first, then milliseconds. */
export type Schedule =
  | Readonly<{ kind: 'cron'; expression: string; timeZone: string }>
  | Readonly<{ kind: 'period'; months: number; periodMs: number }>;

/** A volume in a container. */
export type VolumeMount = Readonly<{
  volumeId: VolumeId;
  /** Absolute and canonical. */
  mountPath: string;
  access: 'read' | 'write';
  /** Whether what was written is committed now and then and at the container's end, or only when the program says so. */
  commits: 'background' | 'explicit';
  /** The folder of the volume that is mounted, without a slash in front; all of it where left out. */
  subPath?: string;
}>;

/** The image's entrypoint with these words; without any it sleeps until it is ended. */
export type Program = Readonly<{ args: readonly string[]; workdir?: string }>;

/** What the scheduler and the worker must know of a function; its full definition is kept by digest, byte for byte. */
export type FunctionSpec = Readonly<{
  tag: string;
  imageId: ImageId;
  mountIds: readonly MountId[];
  secretIds: readonly SecretId[];
  volumes?: readonly VolumeMount[];
  resources: Resources;
  /** Left out: anywhere, preemption tolerated. */
  placement?: PlacementNeed;
  /** Left out: what the kind of function suggests. */
  latencyClass?: LatencyClass;
  /** Who comes first where room is short; left out: standard. */
  priority?: 'standard' | 'high';
  retryPolicy?: RetryPolicy;
  timeoutMs: number;
  startupTimeoutMs: number;
  autoscaler: AutoscalerSettings;
  maxConcurrentInputs: number;
  targetConcurrentInputs: number;
  batch?: Readonly<{ maxSize: number; lingerMs: number }>;
  network: 'open' | 'blocked';
  /** `none`: its containers are answered what their own inputs, outputs and volumes take, and nothing else. Left out: all of the API. */
  apiAccess?: 'none';
  lifetime: 'reused' | 'single-input';
  /** A builder function runs one input while an image is built; the file system that it leaves is the image's next layer. */
  purpose: 'serve' | 'build' | 'sandbox';
  /** What a sandbox runs: the one input of its one call is this program's run. */
  program?: Program;
  schedule?: Schedule;
  /** Of a class that has parameters: each set of them is called as a variant, never the function itself. */
  isParametrized?: true;
}> &
  WebEndpoints;

/** What a bound variant says of itself, and no more: all else is as its function has it whenever a container starts. */
export type FunctionOverrides = Partial<
  Pick<
    FunctionSpec,
    | 'secretIds'
    | 'volumes'
    | 'retryPolicy'
    | 'timeoutMs'
    | 'maxConcurrentInputs'
    | 'targetConcurrentInputs'
    | 'batch'
  >
> &
  Readonly<{
    resources?: Partial<Resources>;
    autoscaler?: Partial<AutoscalerSettings>;
    /** An empty list takes the function's pins away. */
    placement?: Partial<PlacementNeed>;
  }>;
