import type { Engine } from '../engine.js';
import { baseOf, currentDefinition } from '../function/resolve-function.js';
import type { LiveTask } from '../task/task.state.js';

/** Whether the container is of another version than its function now runs: it finishes its inputs and gets no more. */
export const isOutdated = ({ state }: Engine, task: LiveTask): boolean => {
  const fn = state.functions.get(task.functionId);
  const base = fn && baseOf(fn, state);
  const current = fn && base && currentDefinition(fn, base, state);
  if (current === undefined) return false;
  const definitionId = task.definitionId ?? task.definitionDigest ?? current.definitionId;
  return definitionId !== current.definitionId || (task.appVersion ?? 0) < current.since;
};
