import type { AnswerOf, AskOf, WorkerView } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { drain } from '../reactions/drain-worker.js';
import { endTasksOf } from '../reactions/expire.js';
import { settle } from '../reactions/settle.js';
import { keepWorker } from '../worker/worker.decide.js';
import type { Worker } from '../worker/worker.state.js';

/** What is asked by who holds the hosts: which workers there are, and that one is emptied. */
export const hostRequests = (engine: Engine) => ({
  async 'list-workers'({
    afterWorkerId = '',
    limit = Infinity,
  }: AskOf<'scheduler.list-workers'>): Promise<AnswerOf<'scheduler.list-workers'>> {
    const left = [...engine.state.workers.values()]
      .filter(({ workerId }) => workerId > afterWorkerId)
      .toSorted((a, b) => (a.workerId < b.workerId ? -1 : 1));
    const workers = left.slice(0, limit).map((worker) => viewOf(engine, worker));
    const last = workers.at(-1);
    await engine.committed();
    return {
      workers,
      ...(last !== undefined && workers.length < left.length && { nextAfterWorkerId: last.workerId }),
    };
  },

  async 'drain-worker'(ask: AskOf<'scheduler.drain-worker'>): Promise<WorkerView> {
    const at = engine.ports.now();
    drain(engine, find(engine, ask.workerId), ask.reason, at);
    if (ask.inputs === 'requeue') endTasksOf(engine, ask.workerId, ask.reason, at);
    settle(engine, at);
    await engine.committed();
    return viewOf(engine, find(engine, ask.workerId));
  },

  async 'keep-worker'(ask: AskOf<'scheduler.keep-worker'>): Promise<WorkerView> {
    const at = engine.ports.now();
    engine.record(keepWorker(find(engine, ask.workerId)), at);
    settle(engine, at);
    await engine.committed();
    return viewOf(engine, find(engine, ask.workerId));
  },
});

const find = ({ state }: Engine, workerId: string): Worker => {
  const worker = state.workers.get(workerId);
  if (worker === undefined)
    throw new RefusedError(
      refuse('not-found', 'worker-not-found', `no worker ${workerId} has joined this platform`),
    );
  return worker;
};

const viewOf = ({ state, presence }: Engine, worker: Worker): WorkerView => {
  const tasks = [...(state.tasksOfWorker.get(worker.workerId) ?? [])];
  const lastSyncAt = presence.workers.get(worker.workerId)?.lastSyncAt;
  return {
    workerId: worker.workerId,
    bootId: worker.bootId,
    capacity: worker.capacity,
    status: worker.status,
    ...(worker.leaving === undefined ? {} : { leaving: worker.leaving }),
    containers: tasks.length,
    runningInputs: tasks.reduce((sum, taskId) => sum + state.running(taskId).size, 0),
    ...(lastSyncAt === undefined ? {} : { lastSyncAt }),
  };
};
