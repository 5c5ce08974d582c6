import type { AppId, CallId, FunctionId, InputId, TaskId } from '@slipway/contracts';
import type { App } from '../app/app.state.js';
import type { Call } from '../call/call.state.js';
import type { Fn } from '../function/function.state.js';
import type { Input } from '../input/input.state.js';
import { inlineBytes } from '../policies/messages/most-bytes-of.js';
import type { RoomLacked } from '../room/room.events.js';
import type { FunctionSchedule } from '../schedule/schedule.state.js';
import type { Task } from '../task/task.state.js';
import type { Worker } from '../worker/worker.state.js';
import { HotState, type OutputLog } from './hot-state.js';
import { holdResult } from './hold-result.js';
import { count, enqueue, inMap } from './indexes.js';

/** The hot state as plain data. In it are the aggregates, and of the indexes what does not follow from them. */
export type HotStateSnapshot = Readonly<{
  format: 6;
  versions: readonly (readonly [string, number])[];
  apps: readonly App[];
  /** Of two apps that had one name the later one has it. */
  appOfName: readonly (readonly [string, AppId])[];
  functions: readonly Fn[];
  calls: readonly Call[];
  /** Inputs of a call in the order in which they came. */
  inputs: readonly Input[];
  outputs: readonly (readonly [CallId, readonly (InputId | null)[]])[];
  /** A retry waits behind what came before the moment of it, so the order of a queue is not that of its inputs. */
  queues: readonly (readonly [FunctionId, readonly InputId[]])[];
  schedules: readonly FunctionSchedule[];
  tasks: readonly Task[];
  /** A container whose input was put back was used all the same. */
  usedTasks: readonly TaskId[];
  workers: readonly Worker[];
  /** Missing in snapshots from before it was told. */
  roomLacked?: readonly RoomLacked['data'][];
  /** The versions of the events of the results that are in memory, the longest held first. Missing in format 5, which holds all of them. */
  heldResults?: readonly (readonly [InputId, number])[];
}>;

/** Those of format 5 have all results in them. */
const READABLE: readonly number[] = [5, 6];

export const takeSnapshot = (state: HotState): HotStateSnapshot => ({
  format: 6,
  versions: [...state.versions],
  apps: [...state.apps.values()],
  appOfName: [...state.appOfName],
  functions: [...state.functions.values()],
  calls: [...state.calls.values()],
  inputs: [...state.inputs.values()],
  outputs: [...state.outputsOfCall].map(([callId, log]) => [callId, log.map((entry) => entry ?? null)]),
  queues: [...state.queueOfFunction].map(([functionId, queue]) => [functionId, [...queue]]),
  schedules: [...state.schedules.values()],
  tasks: [...state.tasks.values()],
  usedTasks: [...state.usedTasks],
  workers: [...state.workers.values()],
  roomLacked: [...state.roomLacked.values()],
  heldResults: [...state.heldResults].map(([inputId, { version }]) => [inputId, version]),
});

/** Undefined for a snapshot of another format: the log is folded from its beginning instead. */
export const restoreSnapshot = (snapshot: HotStateSnapshot): HotState | undefined => {
  if (!READABLE.includes(snapshot.format)) return undefined;
  const state = new HotState();
  addSnapshot(state, snapshot);
  return state;
};

/** Adds what a snapshot holds to a state that has nothing of it. */
export const addSnapshot = (state: HotState, snapshot: HotStateSnapshot): void => {
  for (const [stream, version] of snapshot.versions) state.versions.set(stream, version);
  for (const app of snapshot.apps) state.apps.set(app.appId, app);
  for (const [key, appId] of snapshot.appOfName) state.appOfName.set(key, appId);
  for (const fn of snapshot.functions) state.functions.set(fn.functionId, fn);
  for (const call of snapshot.calls) {
    state.calls.set(call.callId, call);
    if (call.parentInputId !== undefined)
      inMap(state.callsOfParent, call.parentInputId, () => []).push(call.callId);
  }
  for (const schedule of snapshot.schedules) state.schedules.set(schedule.functionId, schedule);
  for (const worker of snapshot.workers) state.workers.set(worker.workerId, worker);
  for (const lack of snapshot.roomLacked ?? []) state.roomLacked.set(lack.functionId, lack);
  for (const task of snapshot.tasks) restoreTask(state, task);
  for (const taskId of snapshot.usedTasks) state.usedTasks.add(taskId);
  for (const input of snapshot.inputs) restoreInput(state, input);
  for (const [functionId, inputIds] of snapshot.queues)
    for (const inputId of inputIds) {
      const input = state.inputs.get(inputId);
      if (input?.status === 'queued')
        enqueue(state.queueOfFunction, functionId, input, Number.NEGATIVE_INFINITY);
    }
  for (const [callId, log] of snapshot.outputs)
    state.outputsOfCall.set(callId, log.map((entry) => entry ?? undefined) as OutputLog);
  for (const [inputId, version] of snapshot.heldResults ?? []) {
    const input = state.inputs.get(inputId);
    if (input?.status === 'finished') holdResult(state, input, version);
  }
};

const restoreTask = (state: HotState, task: Task): void => {
  state.tasks.set(task.taskId, task);
  if (task.status === 'ended') return;
  inMap(state.tasksOfFunction, task.functionId, () => new Set()).add(task.taskId);
  inMap(state.tasksOfWorker, task.workerId, () => new Set()).add(task.taskId);
  inMap(state.tasksOfApp, task.appId, () => new Set()).add(task.taskId);
};

const restoreInput = (state: HotState, input: Input): void => {
  state.inputs.set(input.inputId, input);
  inMap(state.inputsOfCall, input.callId, () => []).push(input.inputId);
  const call = state.calls.get(input.callId);
  if (input.status === 'finished' || call === undefined) return;
  count(state.unfinishedOfCall, input.callId, 1);
  count(state.heldBytesOfWorkspace, call.workspaceId, inlineBytes(input.args));
  if (input.status === 'queued') return;
  inMap(state.runningOfTask, input.taskId, () => new Set()).add(input.inputId);
  count(state.runningOfFunction, call.functionId, 1);
};
