import type { Instant } from '@slipway/kernel';
import type { ExitReason } from './exit-reason.js';
import type {
  AppId,
  CallId,
  Digest,
  FunctionId,
  ImageId,
  InputId,
  MountId,
  SecretId,
  TaskId,
  WorkerId,
  WorkspaceId,
} from './ids.js';
import type { Program, Resources, VolumeMount } from './function-spec.js';
import type { DataFormat, Outcome } from './outcome.js';
import type { Payload } from './payload.js';
import type { HostLabels } from './placement.js';
import type { TaskStop } from './stop-urgency.js';
import type { WebEndpoints } from './web.js';

/** A GPU that a worker offers; `simulated` ones exist on paper only and are marked wherever they are shown. */
export type GpuDevice = Readonly<{ index: number; type: string; simulated: boolean }>;

export type WorkerCapacity = Readonly<{
  milliCpu: number;
  memoryMiB: number;
  gpus: readonly GpuDevice[];
  runtime: 'runsc' | 'runc';
  region?: string;
  /** What the capacity planner bought it as; a site's own machine has none. */
  host?: HostLabels;
}>;

/** Everything that a worker needs to start one container. */
export type TaskAssignment = Readonly<{
  taskId: TaskId;
  workspaceId: WorkspaceId;
  environment: string;
  appId: AppId;
  /** What the app is called: its name where it is deployed, else its description. */
  appName?: string;
  /** The tags of the app. */
  tags?: Readonly<Record<string, string>>;
  /** Whether its host may be taken away on short notice; left out: yes. */
  preemptible?: boolean;
  functionId: FunctionId;
  /** The function whose variant this is; the same as `functionId` unless parameters or options were bound. */
  baseFunctionId: FunctionId;
  functionTag: string;
  definitionDigest: Digest;
  /** The version of the app to which the container belongs; 0 before the first. */
  appVersion: number;
  /** Whether it keeps to that version: what it calls of its own app is of that version too. */
  pinned: boolean;
  /** base64 */
  serializedParams?: string;
  imageId: ImageId;
  mountIds: readonly MountId[];
  secretIds: readonly SecretId[];
  volumes?: readonly VolumeMount[];
  resources: Resources;
  /** Which of the worker's GPUs this container gets. */
  gpuIndexes: readonly number[];
  inputTimeoutMs: number;
  startupTimeoutMs: number;
  maxConcurrentInputs: number;
  targetConcurrentInputs: number;
  batch?: Readonly<{ maxSize: number; lingerMs: number }>;
  network: 'open' | 'blocked';
  apiAccess?: 'none';
  lifetime: 'reused' | 'single-input';
  purpose: 'serve' | 'build' | 'sandbox';
  program?: Program;
}> &
  WebEndpoints;

/** The web requests inside a container. */
export type WebInside = Readonly<{
  /** All of them, open WebSockets and work after an answer included. */
  active: number;
  /** Those that take a place: beyond the most that it takes at once it lets none in. Missing from workers that do not tell it. */
  taken?: number;
}>;

export type TaskPhase = 'preparing' | 'starting' | 'ready' | 'stopping';

/** Level-triggered: the worker says all that it has, the scheduler answers all that it should have. Sent every second, at start and when nudged. */
export type SyncWorker = Readonly<{
  workerId: WorkerId;
  /** New with each start of the process: containers of an earlier boot are gone. */
  bootId: string;
  capacity: WorkerCapacity;
  tasks: readonly Readonly<{ taskId: TaskId; phase: TaskPhase; web?: WebInside }>[];
  cachedImageIds: readonly ImageId[];
  draining: boolean;
  /** Where gateways reach this worker's web relay. */
  relayUrl?: string;
  /** Where gateways reach this worker's command router, `host:port`. */
  routerAddress?: string;
}>;

export type WorkerPlan = Readonly<{
  /** Tasks that the worker should have and does not name yet. */
  start: readonly TaskAssignment[];
  stop: readonly (Readonly<{ taskId: TaskId }> & TaskStop)[];
  cancel: readonly Readonly<{ taskId: TaskId; inputIds: readonly InputId[] }>[];
}>;

/** A long poll by one container with free slots. `holding` names the inputs that it works on, so that an answer that was lost is given again. */
export type TakeInputs = Readonly<{
  taskId: TaskId;
  workerId: WorkerId;
  bootId: string;
  holding: readonly InputId[];
  maxInputs: number;
  lingerMs: number;
  waitMs: number;
}>;

export type TakenInput = Readonly<{
  inputId: InputId;
  callId: CallId;
  idx: number;
  retryCount: number;
  args: Payload;
  dataFormat: DataFormat;
  methodName?: string;
  invocation: 'sync' | 'async';
  finalInput: boolean;
}>;

/** `exit`: the container should end itself, gracefully. */
export type InputsTaken = Readonly<{ inputs: readonly TakenInput[]; exit: boolean }>;

/**
 * `takeNext`: the container will ask for its next input at once, so that one may come with the answer; it names what the container holds.
 * `interrupted`: the container was made to stop, or told to cancel an input that it had in hand with these, which may end them as
 * `cancelled`.
 */
export type PutOutputs = Readonly<{
  taskId: TaskId;
  workerId: WorkerId;
  interrupted?: true;
  takeNext?: Readonly<{ holding: readonly InputId[] }>;
  outputs: readonly Readonly<{
    inputId: InputId;
    retryCount: number;
    startedAt?: Instant;
    outcome: Outcome;
  }>[];
}>;

/** `phases` is the start's waterfall so far: milliseconds from the assignment to the end of each phase. */
export type ReportTask = Readonly<{ taskId: TaskId; workerId: WorkerId; bootId: string }> &
  (
    | Readonly<{ phase: 'ready'; phases: Readonly<Record<string, number>> }>
    | Readonly<{
        phase: 'ended';
        reason: ExitReason;
        exitCode?: number;
        message?: string;
        /** When a start failed in user code: what its inputs are answered. */
        initFailure?: Outcome;
        /** The layer that a builder function left behind. */
        capturedLayer?: Readonly<{ digest: Digest; sizeBytes: number }>;
      }>
  );

export type TaskView = Readonly<{
  taskId: TaskId;
  appId: AppId;
  appDescription: string;
  environment: string;
  functionId: FunctionId;
  workspaceId: WorkspaceId;
  workerId?: WorkerId;
  /** Left out where only what is shown of it for ever is known. */
  appVersion?: number;
  /** Where commands for it are taken, while its worker is known. */
  routerAddress?: string;
  state: 'waiting' | 'starting' | 'ready' | 'stopping' | 'ended';
  reason?: ExitReason;
  exitCode?: number;
  message?: string;
  createdAt: Instant;
  readyAt?: Instant;
  endedAt?: Instant;
  phases?: Readonly<Record<string, number>>;
}>;
