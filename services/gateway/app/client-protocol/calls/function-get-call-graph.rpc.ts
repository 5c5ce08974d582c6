import type { GraphInput } from '@slipway/contracts';
import { FunctionGetCallGraphResponse, GenericResult_GenericStatus as Status } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

const STATUS: Readonly<Record<GraphInput['status'], Status>> = {
  pending: Status.UNSPECIFIED,
  success: Status.SUCCESS,
  failure: Status.FAILURE,
  timeout: Status.TIMEOUT,
  cancelled: Status.TERMINATED,
  'init-failure': Status.INIT_FAILURE,
};

export const functionGetCallGraph =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'functionGetCallGraph'> =>
  async ({ functionCallId: callId }, { caller: { workspaceId } }) => {
    const graph = await bus.request('scheduler.call-graph', { workspaceId, callId });
    return FunctionGetCallGraphResponse.fromPartial({
      inputs: graph.inputs.map((input) => ({
        inputId: input.inputId,
        status: STATUS[input.status],
        functionCallId: input.callId,
        taskId: input.taskId ?? '',
      })),
      functionCalls: graph.calls.map((call) => ({
        functionCallId: call.callId,
        parentInputId: call.parentInputId ?? '',
        functionName: call.functionName,
        moduleName: call.moduleName ?? '',
      })),
      truncated: graph.truncated,
    });
  };
