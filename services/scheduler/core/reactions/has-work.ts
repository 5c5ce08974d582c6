import type { App } from '../app/app.state.js';
import type { Engine } from '../engine.js';
import { servesWeb } from '../web/list-web-tasks.js';

/** Has an app something to do still: inputs that wait or run, or a web endpoint, which may be asked at any time? */
export const hasWork = (engine: Engine, { appId, functionIds }: App): boolean => {
  const { state } = engine;
  for (const taskId of state.tasksOfApp.get(appId) ?? []) if (state.running(taskId).size > 0) return true;
  for (const functionId of state.queueOfFunction.keys())
    if (state.resolve(functionId)?.appId === appId) return true;
  return Object.values(functionIds).some((functionId) => servesWeb(engine, functionId));
};
