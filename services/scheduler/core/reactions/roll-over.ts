import type { AppId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { baseOf } from '../function/resolve-function.js';
import { requestTaskStop } from '../task/task.decide.js';
import { servesWeb } from '../web/list-web-tasks.js';
import { answerPoll } from './assign-inputs.js';
import { isOutdated } from './is-outdated.js';

/**
 * After a version began to serve: containers of others end when their inputs do. Those that wait for an input are
 * let go, those that still start are stopped, and containers of the new version are due.
 */
export const rollOver = (engine: Engine, appId: AppId, at: Instant): void => {
  const { state } = engine;
  for (const fn of state.functions.values())
    if (baseOf(fn, state)?.appId === appId) {
      engine.dirtyFunctions.add(fn.functionId);
      engine.functionTasks.wake(fn.functionId);
    }
  for (const taskId of [...(state.tasksOfApp.get(appId) ?? [])]) {
    const task = state.tasks.get(taskId);
    if (task === undefined || task.status === 'ended' || !isOutdated(engine, task)) continue;
    // A web container goes on serving until another one can: that is not decided here.
    if (!servesWeb(engine, task.functionId)) answerPoll(engine, taskId, { inputs: [], exit: true });
    if (task.status === 'starting' && state.running(taskId).size === 0)
      engine.record(requestTaskStop(task, 'drain', 'stopped'), at);
  }
};
