import type { AskOf, WebTasks } from '@slipway/contracts';
import { later } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { settle } from '../reactions/settle.js';
import { listWebTasks, servesWeb } from '../web/list-web-tasks.js';
import { owned } from './find.js';

const NO_DEMAND = { waiting: 0, active: 0 };

export const webRequests = (engine: Engine) => {
  const { state, presence, ports } = engine;
  return {
    async 'await-web-tasks'(ask: AskOf<'scheduler.await-web-tasks'>): Promise<WebTasks> {
      const { functionId, demand, knownRevision } = ask;
      owned(state.resolve(functionId), ask.workspaceId, 'function', functionId);
      const at = ports.now();
      const until = later(at, ask.waitMs);
      const knowsTheProblem =
        knownRevision === undefined || knownRevision === listWebTasks(engine, functionId).revision;
      // Who knows of a failed start and asks again wants another one.
      if (demand.waiting > 0 && knowsTheProblem) presence.web.forgive(functionId);
      // What no container would answer starts none.
      const counted = servesWeb(engine, functionId) ? demand : NO_DEMAND;
      const isNewest = presence.web.hear({ ...ask, demand: counted }, at);
      engine.functionTasks.wake(functionId);
      engine.dirtyFunctions.add(functionId);
      settle(engine, at);
      for (;;) {
        const found = listWebTasks(engine, functionId);
        if (found.revision !== knownRevision || !isNewest() || ports.now() >= until) {
          await engine.committed();
          return found;
        }
        const { change, stop } = engine.functionTasks.changed(functionId);
        const timer = ports.timer(until);
        await Promise.race([change, timer.elapsed]);
        timer.cancel();
        stop();
      }
    },
  };
};
