import type { App } from '../app/app.state.js';
import type { Fn } from '../function/function.state.js';
import type { HotState } from './hot-state.js';

/** Those of an app's functions, and their variants, whose autoscaler was changed at run time. */
export const scaledFunctions = ({ functions }: Pick<HotState, 'functions'>, { functionIds }: App): Fn[] => {
  const deployed = new Set(Object.values(functionIds));
  return [...functions.values()].filter(
    (fn) =>
      Object.keys(fn.scaled).length > 0 &&
      deployed.has(fn.kind === 'bound' ? fn.baseFunctionId : fn.functionId),
  );
};
