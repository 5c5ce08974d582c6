import { isMoreUrgent, type ExitReason, type LayerRef } from '@slipway/contracts';
import type { Decision } from '@slipway/kernel';
import type { TaskEvent } from './task.events.js';
import type { Task } from './task.state.js';

export const reportReady = (task: Task, phases: Readonly<Record<string, number>>): Decision<TaskEvent> =>
  task.status === 'starting' ? [{ type: 'task-ready', data: { taskId: task.taskId, phases } }] : [];

/** A more urgent stop overrides one that is under way, never the other way round. */
export const requestTaskStop = (
  task: Task,
  how: 'graceful' | 'kill',
  reason: ExitReason,
): Decision<TaskEvent> => {
  if (task.status === 'ended') return [];
  if (task.status === 'stopping' && !isMoreUrgent({ how, reason }, task)) return [];
  return [{ type: 'task-stop-requested', data: { taskId: task.taskId, how, reason } }];
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
