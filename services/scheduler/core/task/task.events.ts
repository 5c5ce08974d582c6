import type {
  AppId,
  CouldNotFollow,
  DefinitionId,
  Digest,
  ExitReason,
  FunctionId,
  LayerRef,
  StopHow,
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
    /** What the container runs. One of another definition than is served takes no more inputs. */
    definitionId?: DefinitionId;
    definitionDigest?: Digest;
    /** The version of its app that was served when it was made, or to which its function is pinned. */
    appVersion?: number;
    /** What it holds of its host until it ends. */
    milliCpu: number;
    memoryMiB: number;
    /** The group of demand that it belongs to; containers of older logs have none. */
    demandKey?: string;
    /** Who said where, while a capacity plan is in force. */
    placedBy?: 'own-machine' | 'plan' | 'best-fit';
    /** Why it was not as the plan says, where best fit said it. */
    couldNotFollow?: CouldNotFollow;
  };
};
export type TaskReady = {
  type: 'task-ready';
  data: { taskId: TaskId; phases: Readonly<Record<string, number>> };
};
export type TaskStopRequested = {
  type: 'task-stop-requested';
  data: { taskId: TaskId; how: StopHow; reason: ExitReason };
};
export type TaskEnded = {
  type: 'task-ended';
  data: { taskId: TaskId; reason: ExitReason; exitCode?: number; message?: string; capturedLayer?: LayerRef };
};

export type TaskEvent = TaskCreated | TaskReady | TaskStopRequested | TaskEnded;
