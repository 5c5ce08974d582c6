import type { CallId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { callStream } from '../scheduler-event.js';

/** How long finished things stay in memory; after that a call is read from its stream again when somebody asks. */
const KEPT_MS = 10 * 60_000;

/** Lets go of what is finished. The log keeps everything. */
export const evictFinished = (engine: Engine, at: Instant): void => {
  const { state, presence } = engine;
  for (const call of state.calls.values())
    if (isOver(engine, call.callId, at) && !engine.outputs.has(call.callId)) evictCall(engine, call.callId);
  for (const task of state.tasks.values())
    if (task.status === 'ended' && at - task.endedAt > KEPT_MS) {
      state.tasks.delete(task.taskId);
      state.usedTasks.delete(task.taskId);
      state.runningOfTask.delete(task.taskId);
      state.versions.delete(`task-${task.taskId}`);
    }
  for (const app of state.apps.values())
    if (app.status === 'stopped' && at - (app.stoppedAt ?? at) > KEPT_MS) {
      for (const functionId of Object.values(app.functionIds)) presence.forgetFunction(functionId);
      presence.appHeartbeats.delete(app.appId);
    }
};

const isOver = ({ state }: Engine, callId: CallId, at: Instant): boolean => {
  const call = state.calls.get(callId);
  if (call === undefined || !call.sealed || at - call.createdAt < KEPT_MS) return false;
  if ((state.unfinishedOfCall.get(callId) ?? 0) > 0) return false;
  const last = state.outputsOfCall.get(callId)?.at(-1);
  const input = last === undefined ? undefined : state.inputs.get(last);
  return input === undefined || (input.status === 'finished' && at - input.finishedAt > KEPT_MS);
};

const evictCall = ({ state }: Engine, callId: CallId): void => {
  const call = state.calls.get(callId);
  for (const inputId of state.inputsOfCall.get(callId) ?? []) {
    state.inputs.delete(inputId);
    state.callsOfParent.delete(inputId);
  }
  if (call?.parentInputId !== undefined) {
    const siblings = state.callsOfParent.get(call.parentInputId)?.filter((other) => other !== callId);
    if (siblings !== undefined) state.callsOfParent.set(call.parentInputId, siblings);
  }
  state.inputsOfCall.delete(callId);
  state.outputsOfCall.delete(callId);
  state.unfinishedOfCall.delete(callId);
  state.calls.delete(callId);
  state.versions.delete(callStream(callId));
};
