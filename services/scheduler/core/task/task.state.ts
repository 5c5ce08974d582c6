import type { ExitReason, LayerRef, StopHow } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { TaskCreated, TaskEvent } from './task.events.js';

type Shared = TaskCreated['data'] &
  Readonly<{ createdAt: Instant; readyAt?: Instant; phases?: Readonly<Record<string, number>> }>;

export type StartingTask = Shared & Readonly<{ status: 'starting' }>;
export type ReadyTask = Shared & Readonly<{ status: 'ready' }>;
export type StoppingTask = Shared & Readonly<{ status: 'stopping'; how: StopHow; reason: ExitReason }>;
export type EndedTask = Shared &
  Readonly<{
    status: 'ended';
    reason: ExitReason;
    endedAt: Instant;
    exitCode?: number;
    message?: string;
    capturedLayer?: LayerRef;
  }>;

export type LiveTask = StartingTask | ReadyTask | StoppingTask;
export type Task = LiveTask | EndedTask;

export const evolveTask = (task: Task | undefined, event: TaskEvent, at: Instant): Task => {
  if (event.type === 'task-created') return { ...event.data, createdAt: at, status: 'starting' };
  if (task === undefined)
    throw new Error(`${event.type} of the task ${event.data.taskId}, which was never created`);
  switch (event.type) {
    case 'task-ready':
      return { ...sharedOf(task), readyAt: at, phases: event.data.phases, status: 'ready' };
    case 'task-stop-requested':
      return { ...sharedOf(task), status: 'stopping', how: event.data.how, reason: event.data.reason };
    case 'task-ended': {
      const { taskId: _, ...end } = event.data;
      return { ...sharedOf(task), ...end, status: 'ended', endedAt: at };
    }
    default:
      return event satisfies never;
  }
};

const sharedOf = (task: Task): Shared => ({
  taskId: task.taskId,
  functionId: task.functionId,
  appId: task.appId,
  workspaceId: task.workspaceId,
  workerId: task.workerId,
  bootId: task.bootId,
  gpuIndexes: task.gpuIndexes,
  ...(task.definitionId === undefined ? {} : { definitionId: task.definitionId }),
  ...(task.definitionDigest === undefined ? {} : { definitionDigest: task.definitionDigest }),
  ...(task.appVersion === undefined ? {} : { appVersion: task.appVersion }),
  milliCpu: task.milliCpu,
  memoryMiB: task.memoryMiB,
  ...(task.demandKey === undefined ? {} : { demandKey: task.demandKey }),
  createdAt: task.createdAt,
  ...(task.readyAt === undefined ? {} : { readyAt: task.readyAt }),
  ...(task.phases === undefined ? {} : { phases: task.phases }),
});
