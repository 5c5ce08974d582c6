import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { assignInputs } from './assign-inputs.js';
import { reconcileSchedules } from './reconcile-schedules.js';
import { scaleFunction } from './scale-function.js';
import { stopApp } from './stop-app.js';

/** Draws the conclusions of what was recorded, until there are none left; then signals go out. Ends by asking to be woken when something falls due. */
export const settle = (engine: Engine, at: Instant): void => {
  let wakeAt: Instant | undefined;
  while (engine.dirtyFunctions.size > 0 || engine.dirtyApps.size > 0 || engine.dirtySchedules.size > 0) {
    for (const appId of take(engine.dirtySchedules)) reconcileSchedules(engine, appId, at);
    for (const appId of take(engine.dirtyApps)) stopApp(engine, appId, at);
    for (const functionId of take(engine.dirtyFunctions)) {
      const dueAt = assignInputs(engine, functionId, at);
      if (dueAt !== undefined) wakeAt = Math.min(wakeAt ?? dueAt, dueAt);
      scaleFunction(engine, functionId, at);
    }
  }
  engine.sendNudges();
  if (wakeAt !== undefined) engine.wakeAt(wakeAt, () => wakeUp(engine));
};

/** Looks at every function that has something waiting: retries that fell due, batches that lingered long enough. */
export const wakeUp = (engine: Engine): void => {
  for (const functionId of engine.state.queueOfFunction.keys()) engine.dirtyFunctions.add(functionId);
  settle(engine, engine.ports.now());
};

const take = <Item>(set: Set<Item>): Item[] => {
  const items = [...set];
  set.clear();
  return items;
};
