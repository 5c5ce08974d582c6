import type { AskOf, TaskId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { applyTaskEnd } from '../reactions/end-task.js';

/** How long a worker may sync without naming a container that it was told to start. */
const NAMED_WITHIN_MS = 30_000;

type Sync = AskOf<'scheduler.sync-worker'>;

/** What a worker says of itself when it syncs. */
export const meet = ({ state, presence }: Engine, ask: Sync, at: Instant): void => {
  const seen = presence.workers.get(ask.workerId)?.seenTaskIds ?? new Set<TaskId>();
  for (const { taskId, web } of ask.tasks) {
    seen.add(taskId);
    if (web === undefined) continue;
    const wasBusy = presence.web.insideOf(taskId) > 0;
    presence.web.setInside(taskId, web);
    // The scale-down window begins when the last request has left.
    if ((wasBusy || web.active > 0) && state.running(taskId).size === 0) presence.idleSince.set(taskId, at);
  }
  presence.workers.set(ask.workerId, {
    lastSyncAt: at,
    cachedImageIds: new Set(ask.cachedImageIds),
    draining: ask.draining,
    ...(ask.relayUrl === undefined ? {} : { relayUrl: ask.relayUrl }),
    ...(ask.routerAddress === undefined ? {} : { routerAddress: ask.routerAddress }),
    seenTaskIds: seen,
  });
};

/** A container that the worker had and no longer names is gone, and the report of its end with it. */
export const endMissing = (engine: Engine, ask: Sync, at: Instant): void => {
  const named = new Set(ask.tasks.map((task) => task.taskId));
  const seen = engine.presence.workers.get(ask.workerId)?.seenTaskIds;
  for (const taskId of [...(engine.state.tasksOfWorker.get(ask.workerId) ?? [])]) {
    const task = engine.state.tasks.get(taskId);
    if (task === undefined || named.has(taskId)) continue;
    if (seen?.has(taskId))
      applyTaskEnd(engine, task, { reason: 'host-lost', message: 'the container vanished' }, at);
    else if (task.status === 'stopping') applyTaskEnd(engine, task, { reason: task.reason }, at);
    else if (ask.draining || at - task.createdAt > NAMED_WITHIN_MS)
      applyTaskEnd(engine, task, { reason: 'host-lost', message: 'the worker did not start it' }, at);
  }
};
