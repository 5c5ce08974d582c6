import type { CallId, InputId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Call } from '../call/call.state.js';
import type { Engine } from '../engine.js';
import type { HotState } from '../hot-state/hot-state.js';
import { callStream, taskStream, workerStream } from '../scheduler-event.js';
import { evictApps } from './evict-apps.js';
import { evictFunctions, type AtRest } from './evict-functions.js';
import { evictSchedules } from './evict-schedules.js';

/** How long things stay in memory once they are finished and nobody asks; after that they are read from their streams again when somebody does (recall.ts). */
const KEPT_MS = 10 * 60_000;
/** How long a lost worker may be asked for before it is read from its stream. */
const LOST_WORKER_KEPT_MS = 60 * 60_000;

/** Lets go of what is finished. The log keeps everything; what it does not hold yet stays. */
export const evictFinished = (engine: Engine, at: Instant, isAtRest?: AtRest): void => {
  const { state, presence } = engine;
  const unwritten = engine.unwritten();
  for (const call of state.calls.values())
    if (isOver(engine, call, at) && !unwritten.has(callStream(call.callId))) evictCall(engine, call);
  for (const task of state.tasks.values())
    if (task.status === 'ended' && at - task.endedAt > KEPT_MS) {
      state.tasks.delete(task.taskId);
      state.usedTasks.delete(task.taskId);
      state.runningOfTask.delete(task.taskId);
      state.versions.delete(taskStream(task.taskId));
    }
  for (const { workerId, status, lostAt = 0 } of state.workers.values()) {
    const isGone = status === 'lost' && at - lostAt > LOST_WORKER_KEPT_MS;
    if (!isGone || state.tasksOfWorker.has(workerId) || unwritten.has(workerStream(workerId))) continue;
    state.workers.delete(workerId);
    state.versions.delete(workerStream(workerId));
  }
  for (const app of state.apps.values())
    if (app.status === 'stopped' && at - (app.stoppedAt ?? at) > KEPT_MS) {
      for (const functionId of Object.values(app.functionIds)) presence.forgetFunction(functionId);
      presence.forgetApp(app.appId);
    }
  evictApps(engine, at);
  evictSchedules(engine, unwritten, at);
  evictFunctions(engine, unwritten, isAtRest);
};

/** A map is never said to be complete, so it is over when all of its inputs have been for long: further ones have it read back. */
const isOver = ({ state, presence, outputs }: Engine, { callId, createdAt }: Call, at: Instant): boolean => {
  if ((state.unfinishedOfCall.get(callId) ?? 0) > 0 || outputs.has(callId)) return false;
  const last = state.outputsOfCall.get(callId)?.at(-1);
  const input = last === undefined ? undefined : state.inputs.get(last);
  const finishedAt = input?.status === 'finished' ? input.finishedAt : createdAt;
  return at - Math.max(finishedAt, presence.callsAskedAt.get(callId) ?? createdAt) > KEPT_MS;
};

const evictCall = ({ state, presence }: Engine, { callId, parentInputId }: Call): void => {
  for (const inputId of state.inputsOfCall.get(callId) ?? []) {
    state.inputs.delete(inputId);
    state.heldResults.forget(inputId);
    state.callsOfParent.delete(inputId);
  }
  if (parentInputId !== undefined) leaveParent(state.callsOfParent, parentInputId, callId);
  state.inputsOfCall.delete(callId);
  state.outputsOfCall.delete(callId);
  state.unfinishedOfCall.delete(callId);
  state.calls.delete(callId);
  state.versions.delete(callStream(callId));
  presence.callsAskedAt.delete(callId);
};

const leaveParent = (callsOfParent: HotState['callsOfParent'], parent: InputId, callId: CallId): void => {
  const siblings = callsOfParent.get(parent)?.filter((other) => other !== callId) ?? [];
  if (siblings.length > 0) callsOfParent.set(parent, siblings);
  else callsOfParent.delete(parent);
};
