import type { Engine } from '../engine.js';
import type { Fn } from '../function/function.state.js';
import { baseOf } from '../function/resolve-function.js';
import { functionStream } from '../scheduler-event.js';

/** Functions of apps that are gone, sandboxes that have ended, and variants that nobody calls. */
export const evictFunctions = (
  engine: Engine,
  unwritten: ReadonlySet<string>,
  isAtRest: AtRest = asItIsServed,
): void => {
  const { state, presence, functionTasks } = engine;
  const called = new Set([...state.calls.values()].map(({ functionId }) => functionId));
  for (const fn of state.functions.values()) {
    const { functionId } = fn;
    const isUsed =
      called.has(functionId) || state.tasksOfFunction.has(functionId) || functionTasks.has(functionId);
    if (isUsed || unwritten.has(functionStream(functionId)) || !isAtRest(engine, fn)) continue;
    state.functions.delete(functionId);
    state.versions.delete(functionStream(functionId));
    presence.forgetFunction(functionId);
    presence.web.forgive(functionId);
  }
};

/** Whether a function does nothing unless it is called, so that it can be read back then. */
export type AtRest = (engine: Engine, fn: Fn) => boolean;

const atRestUnless =
  (keepsContainers: AtRest): AtRest =>
  (engine, fn) => {
    const { state } = engine;
    const base = baseOf(fn, state);
    if (base === undefined || !state.apps.has(base.appId)) return true;
    if (fn.kind === 'defined') return fn.spec.purpose === 'sandbox';
    // What was changed at run time a deployment takes back, which the variant's own stream does not tell.
    const isAsItWasMade = state.versions.get(functionStream(fn.functionId)) === 1 + (fn.rebinds ?? 0);
    return isAsItWasMade && !keepsContainers(engine, fn);
  };

const asItIsServed = atRestUnless(
  ({ state }, { functionId }) => state.resolve(functionId)?.spec.autoscaler.minContainers !== 0,
);

/**
 * After a start the log tells of variants that were let go of long ago: what their class has got since, at run time, brings back none
 * of them. A class that is deployed with a minimum keeps it for each variant that was ever called.
 */
export const asItWasDeployed = atRestUnless(
  ({ state }, { functionId }) => (state.resolve(functionId)?.deployedAutoscaler.minContainers ?? 0) > 0,
);
