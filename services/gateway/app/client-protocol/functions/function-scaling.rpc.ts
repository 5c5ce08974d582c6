import type { AutoscalerSettings as Scaling } from '@slipway/contracts';
import { readAutoscalerChanges } from '@slipway/gateway-core';
import type { AutoscalerSettings } from '@slipway/protocol';
import { FunctionGetSchedulingParamsResponse, FunctionStats } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

const settingsOf = (scaling: Scaling): AutoscalerSettings => ({
  minContainers: scaling.minContainers,
  maxContainers: scaling.maxContainers,
  bufferContainers: scaling.bufferContainers,
  scaledownWindow: Math.round(scaling.scaledownWindowMs / 1000),
});

export const functionGetCurrentStats =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'functionGetCurrentStats'> =>
  async ({ functionId }, { caller: { workspaceId } }) => {
    const stats = await bus.request('scheduler.function-stats', { workspaceId, functionId });
    return FunctionStats.fromPartial({
      backlog: stats.backlog,
      numTotalTasks: stats.tasks,
      numRunningInputs: stats.runningInputs,
      inputHeadroom: stats.inputHeadroom,
    });
  };

export const functionUpdateSchedulingParams =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'functionUpdateSchedulingParams'> =>
  async ({ functionId, settings = {} }, { caller: { workspaceId } }) => ({
    currentSettings: settingsOf(
      await bus.request('scheduler.scale-function', {
        workspaceId,
        functionId,
        settings: readAutoscalerChanges(settings),
      }),
    ),
  });

export const functionGetSchedulingParams =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'functionGetSchedulingParams'> =>
  async ({ functionId }, { caller: { workspaceId } }) => {
    const { spec } = await bus.request('scheduler.get-function', { workspaceId, functionId });
    return FunctionGetSchedulingParamsResponse.fromPartial({
      autoscalerConfiguration: { settings: settingsOf(spec.autoscaler) },
    });
  };
