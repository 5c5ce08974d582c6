import type { FunctionId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { isLeaving } from '../reactions/is-leaving.js';
import { requestTaskStop } from '../task/task.decide.js';
import { servesWeb } from './list-web-tasks.js';

/**
 * Containers of an older definition, and of a host that is to go, serve until one of the newest is ready, or until nobody asks;
 * then they are told to go, and what is inside them ends first.
 */
export const retireOutdated = (engine: Engine, functionId: FunctionId, at: Instant): void => {
  if (!servesWeb(engine, functionId)) return;
  const ready = engine.state.liveTasks(functionId).filter((task) => task.status === 'ready');
  const outdated = ready.filter((task) => isLeaving(engine, task));
  if (outdated.length === 0) return;
  const { waiting, active } = engine.presence.web.demand(functionId, at);
  const isReplaced = outdated.length < ready.length;
  for (const task of outdated) {
    const isAsked = waiting + active + engine.presence.web.insideOf(task.taskId) > 0;
    if (isReplaced || !isAsked) engine.record(requestTaskStop(task, 'drain', 'stopped'), at);
  }
};
