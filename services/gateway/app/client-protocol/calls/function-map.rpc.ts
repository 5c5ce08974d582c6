import type { Invocation, RetryPolicy } from '@slipway/contracts';
import { FunctionCallInvocationType, FunctionCallType, type FunctionRetryPolicy } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { acceptedItems, acceptInputs } from './accept-inputs.js';
import { signCall } from './call-tokens.js';

/** An asynchronous call is acknowledged when it is safe from a loss of power. */
const invocationOf = (type: FunctionCallInvocationType): Invocation =>
  type === FunctionCallInvocationType.ASYNC || type === FunctionCallInvocationType.ASYNC_LEGACY
    ? 'async'
    : 'sync';

const policyOf = ({
  retries,
  initialDelayMs,
  backoffCoefficient,
  maxDelayMs,
}: RetryPolicy): FunctionRetryPolicy => ({
  retries,
  initialDelayMs,
  backoffCoefficient,
  maxDelayMs,
});

/** Begins a call: of one input, which comes along, or of many, which follow by FunctionPutInputs. */
export const functionMap =
  ({ bus, objects, signingKey }: Pick<RpcParts, 'bus' | 'objects' | 'signingKey'>): UnaryRpc<'functionMap'> =>
  async (request, call) => {
    const { workspaceId } = call.caller;
    const callId = call.newId('fc');
    const inputs = await acceptInputs({ bus, objects }, { callId, workspaceId }, request.pipelinedInputs);
    const { retryPolicy, maxInputsOutstanding } = await bus.request('scheduler.create-call', {
      callId,
      functionId: request.functionId,
      workspaceId,
      shape: request.functionCallType === FunctionCallType.MAP ? 'map' : 'unary',
      invocation: invocationOf(request.functionCallInvocationType),
      ...(request.parentInputId ? { parentInputId: request.parentInputId } : {}),
      inputs,
    });
    return {
      functionCallId: callId,
      pipelinedInputs: acceptedItems(signingKey, callId, inputs),
      retryPolicy: retryPolicy && policyOf(retryPolicy),
      functionCallJwt: signCall(signingKey, callId),
      // The scheduler retries; one way of doing it is enough.
      syncClientRetriesEnabled: false,
      maxInputsOutstanding,
    };
  };
