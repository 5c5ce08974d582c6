import type {
  AppId,
  Digest,
  ExitReason,
  FunctionId,
  LayerRef,
  TaskId,
  WorkerId,
  WorkspaceId,
} from '@slipway/contracts';

/** A container is asked for only where it fits: its place is known from its first event on. */
export type TaskCreated = {
  type: 'task-created';
  data: {
    taskId: TaskId;
    functionId: FunctionId;
    appId: AppId;
    workspaceId: WorkspaceId;
    workerId: WorkerId;
    bootId: string;
    gpuIndexes: readonly number[];
    /** The definition that the container runs; one of an older definition takes no more inputs. */
    definitionDigest?: Digest;
    /** What it holds of its host until it ends. */
    milliCpu: number;
    memoryMiB: number;
  };
};
export type TaskReady = {
  type: 'task-ready';
  data: { taskId: TaskId; phases: Readonly<Record<string, number>> };
};
export type TaskStopRequested = {
  type: 'task-stop-requested';
  data: { taskId: TaskId; how: 'graceful' | 'kill'; reason: ExitReason };
};
export type TaskEnded = {
  type: 'task-ended';
  data: { taskId: TaskId; reason: ExitReason; exitCode?: number; message?: string; capturedLayer?: LayerRef };
};

export type TaskEvent = TaskCreated | TaskReady | TaskStopRequested | TaskEnded;
