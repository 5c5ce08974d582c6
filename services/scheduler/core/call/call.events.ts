import type { AppId, CallId, CreateCall, NewInput } from '@slipway/contracts';

export type CallCreated = { type: 'call-created'; data: Omit<CreateCall, 'inputs'> & { appId: AppId } };
export type InputsQueued = { type: 'inputs-queued'; data: { callId: CallId; inputs: readonly NewInput[] } };
/** All inputs of a call that is fed in parts are there. */
export type CallSealed = { type: 'call-sealed'; data: { callId: CallId; numInputs: number } };
export type CallCancelled = { type: 'call-cancelled'; data: { callId: CallId } };

export type CallEvent = CallCreated | InputsQueued | CallSealed | CallCancelled;
