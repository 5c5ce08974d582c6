import type { AppId, CallId, FunctionId, WorkerId } from '@slipway/contracts';
import type { Engine } from '../engine.js';
import { recallApp, recallCall, recallFunction, recallWorker } from '../hot-state/recall.js';

type Named = Readonly<{
  callId?: CallId;
  functionId?: FunctionId;
  boundFunctionId?: FunctionId;
  appId?: AppId;
  workerId?: WorkerId;
}>;

/**
 * What a request names is in memory when it is carried out: what was evicted is read back first, so that it is neither missed nor
 * begun anew. A call that is named stays in memory for a while.
 */
export const recallNamed = async (engine: Engine, named: Named): Promise<void> => {
  const { callId, functionId, boundFunctionId, appId, workerId } = named;
  if (workerId !== undefined) await recallWorker(engine, workerId);
  const call = callId === undefined ? undefined : await recallCall(engine, callId);
  if (call !== undefined) engine.presence.callsAskedAt.set(call.callId, engine.ports.now());
  for (const id of [functionId, boundFunctionId, call?.functionId])
    if (id !== undefined) await recallFunction(engine, id);
  const app = appId === undefined ? undefined : await recallApp(engine, appId);
  // What an app has that is gone is listed still.
  if (app?.status === 'stopped')
    for (const id of Object.values(app.functionIds)) await recallFunction(engine, id);
};
