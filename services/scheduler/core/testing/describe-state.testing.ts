import type { HotState } from '../hot-state/hot-state.js';

const sorted = <Value>(entries: Iterable<readonly [string, Value]>): (readonly [string, Value])[] =>
  [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));

const sets = (map: ReadonlyMap<string, ReadonlySet<string>>) =>
  sorted(
    [...map].map(([key, set]) => [key, [...set].toSorted()] as const).filter(([, ids]) => ids.length > 0),
  );

const counts = (map: ReadonlyMap<string, number>) => sorted([...map].filter(([, count]) => count !== 0));

/** All that a state means, as text: two states that decide alike read alike. An empty index and a missing one mean the same. */
export const describeState = (state: HotState): string =>
  JSON.stringify(
    {
      versions: sorted(state.versions),
      apps: sorted(state.apps),
      functions: sorted(state.functions),
      calls: sorted(state.calls),
      inputs: sorted(state.inputs),
      tasks: sorted(state.tasks),
      workers: sorted(state.workers),
      // Histories that were recorded before there were schedules know nothing of them.
      ...(state.schedules.size > 0 ? { schedules: sorted(state.schedules) } : {}),
      inputsOfCall: sorted(state.inputsOfCall),
      outputsOfCall: sorted(state.outputsOfCall),
      unfinishedOfCall: counts(state.unfinishedOfCall),
      heldBytesOfWorkspace: counts(state.heldBytesOfWorkspace),
      callsOfParent: sorted(state.callsOfParent),
      queues: sorted([...state.queueOfFunction].map(([id, queue]) => [id, [...queue]] as const)).filter(
        ([, ids]) => ids.length > 0,
      ),
      runningOfTask: sets(state.runningOfTask),
      runningOfFunction: counts(state.runningOfFunction),
      tasksOfFunction: sets(state.tasksOfFunction),
      tasksOfWorker: sets(state.tasksOfWorker),
      tasksOfApp: sets(state.tasksOfApp),
      usedTasks: [...state.usedTasks].toSorted(),
      appOfName: sorted(state.appOfName),
    },
    undefined,
    1,
  );
