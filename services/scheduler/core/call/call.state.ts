import type { AppId, CallId, FunctionId, InputId, Invocation, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { CallEvent } from './call.events.js';

export type Call = Readonly<{
  callId: CallId;
  functionId: FunctionId;
  appId: AppId;
  workspaceId: WorkspaceId;
  shape: 'unary' | 'map';
  invocation: Invocation;
  parentInputId?: InputId;
  createdAt: Instant;
  cancelled: boolean;
  numInputs: number;
  sealed: boolean;
}>;

export const evolveCall = (call: Call | undefined, event: CallEvent, at: Instant): Call => {
  if (event.type === 'call-created')
    return {
      ...event.data,
      createdAt: at,
      cancelled: false,
      numInputs: 0,
      sealed: event.data.shape === 'unary',
    };
  if (call === undefined)
    throw new Error(`${event.type} of the call ${event.data.callId}, which was never created`);
  switch (event.type) {
    case 'inputs-queued':
      return { ...call, numInputs: call.numInputs + event.data.inputs.length };
    case 'call-sealed':
      return { ...call, sealed: true };
    case 'call-cancelled':
      return { ...call, cancelled: true };
    default:
      return event satisfies never;
  }
};
