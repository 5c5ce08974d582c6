import type { AppId, CallId, FunctionId, WorkerId } from '@slipway/contracts';
import { isStorable } from '@slipway/kernel';
import type { App } from '../app/app.state.js';
import type { Call } from '../call/call.state.js';
import type { Fn } from '../function/function.state.js';
import type { ResolvedFunction } from '../function/resolve-function.js';
import type { SchedulerPorts } from '../ports.js';
import { appStream, callStream, functionStream, workerStream } from '../scheduler-event.js';
import type { Worker } from '../worker/worker.state.js';
import { foldStored } from './fold-stored.js';
import type { HotState } from './hot-state.js';

/** The state, and the log from which it can be filled again. */
type Memory = Readonly<{ state: HotState; ports: Pick<SchedulerPorts, 'readStream'> }>;

/** Reads a call back from its stream when it is no longer in memory; one that never was leaves no trace. */
export const recallCall = (memory: Memory, callId: CallId): Promise<Call | undefined> =>
  recall(memory, memory.state.calls, callId, callStream(callId));

export const recallApp = (memory: Memory, appId: AppId): Promise<App | undefined> =>
  recall(memory, memory.state.apps, appId, appStream(appId));

export const recallWorker = (memory: Memory, workerId: WorkerId): Promise<Worker | undefined> =>
  recall(memory, memory.state.workers, workerId, workerStream(workerId));

/** With all that says what it runs: its base, if it is a variant, and its app. */
export const recallFunction = async (
  memory: Memory,
  functionId: FunctionId,
): Promise<ResolvedFunction | undefined> => {
  const { state } = memory;
  const one = (id: FunctionId): Promise<Fn | undefined> =>
    recall(memory, state.functions, id, functionStream(id));
  const fn = await one(functionId);
  const base = fn?.kind === 'bound' ? await one(fn.baseFunctionId) : fn;
  if (base?.kind === 'defined') await recallApp(memory, base.appId);
  return state.resolve(functionId);
};

const recall = async <Id, Item>(
  { state, ports }: Memory,
  items: ReadonlyMap<Id, Item>,
  id: Id,
  stream: string,
): Promise<Item | undefined> => {
  // What the log cannot hold it does not have.
  if (!items.has(id) && isStorable(stream)) {
    const events = await ports.readStream(stream);
    if (!items.has(id)) foldStored(state, events);
  }
  return items.get(id);
};
