import {
  isMoreUrgent,
  type InputId,
  type TaskAssignment,
  type TaskId,
  type TaskPhase,
  type TaskStop,
  type WorkerPlan,
} from '@slipway/contracts';

export type OwnTask = Readonly<{
  taskId: TaskId;
  phase: TaskPhase;
  /** Set once a stop is under way, so that it is not begun twice. */
  stopping?: TaskStop;
}>;

export type Action =
  | Readonly<{ kind: 'start'; assignment: TaskAssignment }>
  | (Readonly<{ kind: 'stop'; taskId: TaskId }> & TaskStop)
  | Readonly<{ kind: 'cancel'; taskId: TaskId; inputIds: readonly InputId[] }>;

/** `ended`: tasks that are over here, whose report may not have arrived when the plan was made. */
export type OwnTasks = Readonly<{ alive: readonly OwnTask[]; ended: ReadonlySet<TaskId> }>;

/**
 * What to do so that this worker has what the scheduler wants. The plan may be older than the worker's own state and may
 * come twice: nothing is started again that is here or that has ended, a stop only ever becomes more urgent.
 */
export const planReconciliation = (plan: WorkerPlan, own: OwnTasks): readonly Action[] => {
  const alive = new Map(own.alive.map((task) => [task.taskId, task]));
  const starts = plan.start
    .filter(({ taskId }, place) => plan.start.findIndex((other) => other.taskId === taskId) === place)
    .filter(({ taskId }) => !alive.has(taskId) && !own.ended.has(taskId))
    .map((assignment): Action => ({ kind: 'start', assignment }));
  const stops = plan.stop.filter((stop) => {
    const task = alive.get(stop.taskId);
    return task !== undefined && (task.stopping === undefined || isMoreUrgent(stop, task.stopping));
  });
  const cancels = plan.cancel.filter(({ taskId, inputIds }) => alive.has(taskId) && inputIds.length > 0);
  return [
    ...stops.map(({ taskId, how, reason }): Action => ({ kind: 'stop', taskId, how, reason })),
    ...cancels.map(({ taskId, inputIds }): Action => ({ kind: 'cancel', taskId, inputIds })),
    ...starts,
  ];
};
