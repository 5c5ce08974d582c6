import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { requestTaskStop } from '../task/task.decide.js';
import { drainWorker } from '../worker/worker.decide.js';
import type { Worker } from '../worker/worker.state.js';
import { servesWeb } from '../web/list-web-tasks.js';
import { answerPoll } from './assign-inputs.js';

/**
 * The host of a worker is to go. Its containers finish what they have: those that wait for an input are let go,
 * those that still start are stopped, web containers serve until another one can. What they leave is started elsewhere.
 */
export const drain = (engine: Engine, worker: Worker, reason: string, at: Instant): void => {
  const { state } = engine;
  engine.record(drainWorker(worker, reason), at);
  for (const taskId of [...(state.tasksOfWorker.get(worker.workerId) ?? [])]) {
    const task = state.tasks.get(taskId);
    if (task === undefined || task.status === 'ended') continue;
    engine.dirtyFunctions.add(task.functionId);
    engine.functionTasks.wake(task.functionId);
    if (!servesWeb(engine, task.functionId)) answerPoll(engine, taskId, { inputs: [], exit: true });
    if (task.status === 'starting' && state.running(taskId).size === 0)
      engine.record(requestTaskStop(task, 'drain', 'stopped'), at);
  }
};
