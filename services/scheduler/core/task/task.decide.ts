import {
  isMoreUrgent,
  type ExitReason,
  type FunctionSpec,
  type LayerRef,
  type StopHow,
} from '@slipway/contracts';
import { refuse, type Decision } from '@slipway/kernel';
import type { TaskEvent } from './task.events.js';
import type { Task } from './task.state.js';

export const reportReady = (task: Task, phases: Readonly<Record<string, number>>): Decision<TaskEvent> =>
  task.status === 'starting' ? [{ type: 'task-ready', data: { taskId: task.taskId, phases } }] : [];

/** A more urgent stop overrides one that is under way, never the other way round. */
export const requestTaskStop = (task: Task, how: StopHow, reason: ExitReason): Decision<TaskEvent> => {
  if (task.status === 'ended') return [];
  if (task.status === 'stopping' && !isMoreUrgent({ how, reason }, task)) return [];
  return [{ type: 'task-stop-requested', data: { taskId: task.taskId, how, reason } }];
};

/** A user stops one container: a sandbox has no inputs that it could finish, its program ends now. */
export const stopOneTask = (
  task: Task,
  how: 'drain' | 'graceful',
  purpose: FunctionSpec['purpose'],
): Decision<TaskEvent> => {
  if (purpose !== 'sandbox') return requestTaskStop(task, how, 'stopped');
  if (how === 'graceful') return requestTaskStop(task, 'kill', 'cancelled');
  return refuse(
    'invalid',
    'not-a-function',
    `the container ${task.taskId} runs a sandbox: only containers of a function can be stopped gracefully`,
  );
};

export type TaskEnd = Readonly<{
  reason: ExitReason;
  exitCode?: number;
  message?: string;
  capturedLayer?: LayerRef;
}>;

/** A container that was told to stop ended for the reason it was told, unless something worse came first. */
export const endTask = (task: Task, end: TaskEnd): Decision<TaskEvent> => {
  if (task.status === 'ended') return [];
  const asked = task.status === 'stopping' && (end.reason === 'finished' || end.reason === 'stopped');
  return [
    { type: 'task-ended', data: { taskId: task.taskId, ...end, ...(asked ? { reason: task.reason } : {}) } },
  ];
};
