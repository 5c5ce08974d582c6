import type { AppId, CallId, FunctionId, TaskId, WorkerId } from '@slipway/contracts';
import { isStorable, type StoredEvent } from '@slipway/kernel';
import type { App } from '../app/app.state.js';
import type { Call } from '../call/call.state.js';
import type { Fn } from '../function/function.state.js';
import type { ResolvedFunction } from '../function/resolve-function.js';
import type { SchedulerPorts } from '../ports.js';
import { appStream, callStream, functionStream, taskStream, workerStream } from '../scheduler-event.js';
import type { Task } from '../task/task.state.js';
import type { Worker } from '../worker/worker.state.js';
import { foldStored } from './fold-stored.js';
import { HotState } from './hot-state.js';
import { readPages } from './read-pages.js';
import { addSnapshot, takeSnapshot } from './snapshot.js';

/** The state, and the log from which it can be filled again. */
type Memory = Readonly<{ state: HotState; ports: Pick<SchedulerPorts, 'readStream'> }>;
/** And the calls that are being read: each is read by one at a time. */
type CallMemory = Memory & Readonly<{ recalledCalls: Map<CallId, Promise<void>> }>;

/** Reads a call back from its stream when it is no longer in memory; one that never was leaves no trace. */
export const recallCall = async (memory: CallMemory, callId: CallId): Promise<Call | undefined> => {
  const { state, recalledCalls } = memory;
  if (!state.calls.has(callId) && isStorable(callId)) {
    const reading =
      recalledCalls.get(callId) ?? readCall(memory, callId).finally(() => recalledCalls.delete(callId));
    recalledCalls.set(callId, reading);
    await reading;
  }
  return state.calls.get(callId);
};

/** A call may be larger than what is to be in memory at once, and half of one would be taken for all of it: it is folded apart, without results. */
const readCall = async ({ state, ports }: Memory, callId: CallId): Promise<void> => {
  const apart = new HotState(0);
  for await (const page of readPages(ports, callStream(callId))) foldStored(apart, page);
  if (!state.calls.has(callId)) addSnapshot(state, takeSnapshot(apart));
};

export const recallApp = (memory: Memory, appId: AppId): Promise<App | undefined> =>
  recall(memory, memory.state.apps, appId, appStream(appId));

export const recallWorker = (memory: Memory, workerId: WorkerId): Promise<Worker | undefined> =>
  recall(memory, memory.state.workers, workerId, workerStream(workerId));

/** A container that has ended is looked at and not taken back. */
export const readTask = async (
  { ports }: Pick<Memory, 'ports'>,
  taskId: TaskId,
): Promise<Task | undefined> => {
  const apart = new HotState(0);
  for await (const page of readPages(ports, taskStream(taskId))) foldStored(apart, page);
  return apart.tasks.get(taskId);
};

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
    const events: StoredEvent[] = [];
    for await (const page of readPages(ports, stream)) events.push(...page);
    if (!items.has(id)) foldStored(state, events);
  }
  return items.get(id);
};
