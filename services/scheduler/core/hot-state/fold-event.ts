import type { CallId, InputId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { ended } from '../app/app.decide.js';
import { evolveApp, type App } from '../app/app.state.js';
import { evolveCall, type Call } from '../call/call.state.js';
import { evolveFunction, withoutScaling } from '../function/function.state.js';
import { scaledFunctions } from './scaled-functions.js';
import type { InputEvent } from '../input/input.events.js';
import { evolveInput, queueInput, type Input, type QueuedInput } from '../input/input.state.js';
import { inlineBytes } from '../policies/messages/most-bytes-of.js';
import { callStream, type SchedulerEvent } from '../scheduler-event.js';
import { evolveSchedule } from '../schedule/schedule.state.js';
import { evolveTask } from '../task/task.state.js';
import type { TaskEvent } from '../task/task.events.js';
import { evolveWorker } from '../worker/worker.state.js';
import { appNameKey, type HotState } from './hot-state.js';
import { holdResult } from './hold-result.js';
import { count, dequeue, enqueue, inMap, outOfMap } from './indexes.js';

/**
 * The one place where the hot state changes: an event is folded into its aggregate, then into the indexes.
 * `state.versions` has counted it already.
 */
export const foldEvent = (state: HotState, event: SchedulerEvent, at: Instant): void => {
  switch (event.type) {
    case 'app-created':
    case 'app-kept':
    case 'app-published':
    case 'version-staged':
    case 'class-created':
    case 'app-tagged':
    case 'app-stop-requested':
    case 'app-stopped': {
      const before = state.apps.get(event.data.appId);
      const app = evolveApp(before, event, at);
      state.apps.set(app.appId, app);
      if (event.type === 'app-published') takeBackScaling(state, app);
      if (before?.name !== undefined && before.name !== app.name) {
        const oldKey = appNameKey(before.workspaceId, before.environment, before.name);
        if (state.appOfName.get(oldKey) === app.appId) state.appOfName.delete(oldKey);
      }
      if (app.name === undefined) return;
      const key = appNameKey(app.workspaceId, app.environment, app.name);
      if (event.type === 'app-created' || event.type === 'app-published') state.appOfName.set(key, app.appId);
      else if (ended(app) && state.appOfName.get(key) === app.appId) state.appOfName.delete(key);
      return;
    }
    case 'function-defined':
    case 'function-scaled': {
      const { functionId } = event.data;
      state.functions.set(functionId, evolveFunction(state.functions.get(functionId), event, at));
      return;
    }
    case 'function-bound': {
      const { boundFunctionId } = event.data;
      state.functions.set(boundFunctionId, evolveFunction(state.functions.get(boundFunctionId), event, at));
      return;
    }
    case 'call-created':
    case 'call-sealed':
    case 'call-cancelled':
    case 'inputs-queued': {
      const { callId } = event.data;
      const call = evolveCall(state.calls.get(callId), event, at);
      state.calls.set(callId, call);
      if (event.type === 'call-created' && call.parentInputId !== undefined)
        inMap(state.callsOfParent, call.parentInputId, () => []).push(callId);
      if (event.type === 'inputs-queued')
        for (const input of event.data.inputs) addInput(state, queueInput(callId, input, at), call, at);
      return;
    }
    case 'input-started':
    case 'input-requeued':
    case 'input-finished':
      moveInput(state, event, at);
      return;
    case 'task-created':
    case 'task-ready':
    case 'task-stop-requested':
    case 'task-ended':
      foldTask(state, event, at);
      return;
    case 'schedule-started':
    case 'schedule-fired':
    case 'schedule-missed':
    case 'schedule-ended': {
      const { functionId } = event.data;
      state.schedules.set(functionId, evolveSchedule(state.schedules.get(functionId), event, at));
      return;
    }
    case 'room-lacked':
      state.roomLacked.set(event.data.functionId, event.data);
      return;
    case 'room-found':
      state.roomLacked.delete(event.data.functionId);
      return;
    case 'worker-joined':
    case 'worker-lost':
    case 'worker-drain-requested':
    case 'worker-drain-cancelled': {
      const { workerId } = event.data;
      state.workers.set(workerId, evolveWorker(state.workers.get(workerId), event, at));
      return;
    }
    default:
      event satisfies never;
  }
};

/** A deployment sets what was scaled at run time back to what the definitions say. */
const takeBackScaling = (state: HotState, app: App): void => {
  for (const fn of scaledFunctions(state, app)) state.functions.set(fn.functionId, withoutScaling(fn));
};

const addInput = (
  state: HotState,
  input: QueuedInput,
  { functionId, workspaceId }: Call,
  at: Instant,
): void => {
  state.inputs.set(input.inputId, input);
  inMap(state.inputsOfCall, input.callId, () => []).push(input.inputId);
  count(state.unfinishedOfCall, input.callId, 1);
  count(state.heldBytesOfWorkspace, workspaceId, inlineBytes(input.args));
  enqueue(state.queueOfFunction, functionId, input, at);
};

const moveInput = (state: HotState, event: InputEvent, at: Instant): void => {
  const { inputId, callId } = event.data;
  const before = state.inputs.get(inputId);
  const call = state.calls.get(callId);
  if (before === undefined || call === undefined)
    throw new Error(`${event.type} of the unknown input ${inputId}`);
  const after = evolveInput(before, event, at);
  state.inputs.set(inputId, after);
  count(state.heldBytesOfWorkspace, call.workspaceId, heldBytes(after) - heldBytes(before));

  if (before.status === 'queued') dequeue(state.queueOfFunction, call.functionId, inputId);
  if (before.status === 'running') {
    outOfMap(state.runningOfTask, before.taskId, inputId);
    count(state.runningOfFunction, call.functionId, -1);
  }
  if (before.status === 'finished') {
    takeBackOutput(state, callId, inputId);
    state.heldResults.forget(inputId);
    count(state.unfinishedOfCall, callId, 1);
  }
  if (after.status === 'queued') enqueue(state.queueOfFunction, call.functionId, after, at);
  if (after.status === 'running') {
    inMap(state.runningOfTask, after.taskId, () => new Set()).add(inputId);
    // A call that is read back names containers that are long gone.
    if (state.tasks.has(after.taskId)) state.usedTasks.add(after.taskId);
    count(state.runningOfFunction, call.functionId, 1);
  }
  if (after.status === 'finished') {
    inMap(state.outputsOfCall, callId, () => []).push(inputId);
    count(state.unfinishedOfCall, callId, -1);
    holdResult(state, after, state.versions.get(callStream(callId)) ?? 0);
  }
};

const heldBytes = ({ status, args }: Input): number => (status === 'finished' ? 0 : inlineBytes(args));

/** The client will not find the failure that it retries. */
const takeBackOutput = (state: HotState, callId: CallId, inputId: InputId): void => {
  const outputs = state.outputsOfCall.get(callId) ?? [];
  const entry = outputs.lastIndexOf(inputId);
  if (entry >= 0) outputs[entry] = undefined;
};

const foldTask = (state: HotState, event: TaskEvent, at: Instant): void => {
  const { taskId } = event.data;
  const task = evolveTask(state.tasks.get(taskId), event, at);
  state.tasks.set(taskId, task);
  if (event.type === 'task-created') {
    inMap(state.tasksOfFunction, task.functionId, () => new Set()).add(taskId);
    inMap(state.tasksOfWorker, task.workerId, () => new Set()).add(taskId);
    inMap(state.tasksOfApp, task.appId, () => new Set()).add(taskId);
  }
  if (task.status === 'ended') {
    outOfMap(state.tasksOfFunction, task.functionId, taskId);
    outOfMap(state.tasksOfWorker, task.workerId, taskId);
    outOfMap(state.tasksOfApp, task.appId, taskId);
  }
};
