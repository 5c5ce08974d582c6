import type { AnswerOf, AskOf } from '@slipway/contracts';
import type { HotState } from '../hot-state/hot-state.js';

/** A container takes some 150 bytes of an answer. */
const MOST_TASKS = 10_000;

/** What the facts have told of demand until now, for who has missed some of them. */
export const listDemand = (
  { tasks, roomLacked, workers }: HotState,
  { after = '' }: AskOf<'scheduler.list-demand'>,
  mostTasks = MOST_TASKS,
): AnswerOf<'scheduler.list-demand'> => {
  const following = [...tasks.values()]
    .flatMap(({ taskId, demandKey, workerId, status }) =>
      demandKey === undefined || status === 'ended' || taskId <= after
        ? []
        : [{ taskId, demandKey, workerId }],
    )
    .toSorted((a, b) => (a.taskId < b.taskId ? -1 : 1));
  const listed = following.slice(0, mostTasks);
  const nextAfter = following.length > listed.length ? listed.at(-1)?.taskId : undefined;
  return {
    tasks: listed,
    ...(nextAfter === undefined ? {} : { nextAfter }),
    lacks: [...roomLacked.values()],
    hosts: [...workers.values()].flatMap(({ workerId, status, capacity: { host } }) =>
      status === 'lost' || host === undefined ? [] : [{ workerId, host }],
    ),
  };
};
