import type { FunctionId } from '@slipway/contracts';
import type { Engine } from '../engine.js';
import { answerPoll } from './assign-inputs.js';
import { servesWeb } from '../web/list-web-tasks.js';
import { isOutdated } from './is-outdated.js';

/** After a redefinition: containers of the old definition that wait for inputs are let go, and containers of the new one are due. */
export const replaceOutdated = (engine: Engine, functionId: FunctionId): void => {
  for (const fn of engine.state.functions.values()) {
    if (fn.functionId !== functionId && !(fn.kind === 'bound' && fn.baseFunctionId === functionId)) continue;
    engine.dirtyFunctions.add(fn.functionId);
    engine.webTasks.wake(fn.functionId);
    if (servesWeb(engine, fn.functionId)) continue;
    for (const task of engine.state.liveTasks(fn.functionId))
      if (isOutdated(engine, task)) answerPoll(engine, task.taskId, { inputs: [], exit: true });
  }
};
