import type { CallId } from '@slipway/contracts';
import type { Call } from '../call/call.state.js';
import type { Engine } from '../engine.js';
import { foldEvent } from '../hot-state/fold-event.js';
import { callStream, type SchedulerEvent } from '../scheduler-event.js';
import { owned } from './find.js';

/** Reads a call back from its stream when it is no longer in memory; one that never was leaves no trace. */
export const recallCall = async ({ state, ports }: Engine, callId: CallId): Promise<Call | undefined> => {
  const known = state.calls.get(callId);
  if (known !== undefined) return known;
  const events = await ports.readStream(callStream(callId));
  if (!state.calls.has(callId)) {
    for (const stored of events)
      foldEvent(state, { type: stored.type, data: stored.data } as SchedulerEvent, stored.at);
    const last = events.at(-1);
    if (last !== undefined) state.versions.set(last.stream, last.version);
  }
  return state.calls.get(callId);
};

/** Throws not-found. */
export const findCall = async (engine: Engine, callId: CallId, workspaceId: string): Promise<Call> =>
  owned(await recallCall(engine, callId), workspaceId, 'function call', callId);
