import { FunctionCallGetInfoResponse, FunctionCallFromIdResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

export const functionCallFromId =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'functionCallFromId'> =>
  async ({ functionCallId: callId }, { caller: { workspaceId } }) => {
    const call = await bus.request('scheduler.get-call', { workspaceId, callId });
    return FunctionCallFromIdResponse.fromPartial({
      functionCallId: callId,
      numInputs: call.numInputs,
      metadata: { appId: call.appId, functionId: call.functionId },
    });
  };

export const functionCallGetInfo =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'functionCallGetInfo'> =>
  async ({ functionCallId: callId }, { caller: { workspaceId } }) => {
    const call = await bus.request('scheduler.get-call', { workspaceId, callId });
    return FunctionCallGetInfoResponse.fromPartial({
      info: {
        functionCallId: callId,
        createdAt: call.createdAt / 1000,
        scheduledAt: call.createdAt / 1000,
        pendingInputs: { total: call.unfinishedInputs },
        succeededInputs: { total: call.succeededInputs },
        failedInputs: { total: call.failedInputs },
        totalInputs: call.numInputs,
      },
    });
  };

export const functionCallCancel =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'functionCallCancel'> =>
  async ({ functionCallId: callId, terminateContainers }, { caller: { workspaceId } }) => {
    await bus.request('scheduler.cancel-call', { callId, workspaceId, terminateContainers });
    return {};
  };
