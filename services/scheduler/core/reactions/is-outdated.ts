import type { Engine } from '../engine.js';
import type { LiveTask } from '../task/task.state.js';

/** Whether the container runs an older definition than the function now has: it finishes its inputs and gets no more. */
export const isOutdated = ({ state }: Engine, task: LiveTask): boolean => {
  const fn = state.functions.get(task.functionId);
  const defined = fn?.kind === 'bound' ? state.functions.get(fn.baseFunctionId) : fn;
  return (
    task.definitionDigest !== undefined &&
    defined?.kind === 'defined' &&
    defined.definitionDigest !== task.definitionDigest
  );
};
