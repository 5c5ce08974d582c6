import type { AutoscalerSettings as Scaling } from '@slipway/contracts';
import { callerKey, callerName, DEFAULT_AUTOSCALER, readAutoscalerChanges } from '@slipway/gateway-core';
import type { AutoscalerSettings } from '@slipway/protocol';
import { FunctionGetSchedulingParamsResponse, FunctionStats } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

const seconds = (ms: number): number => Math.round(ms / 1000);

const settingsOf = (scaling: Partial<Scaling>): AutoscalerSettings => ({
  minContainers: scaling.minContainers,
  maxContainers: scaling.maxContainers,
  bufferContainers: scaling.bufferContainers,
  ...(scaling.scaledownWindowMs === undefined ? {} : { scaledownWindow: seconds(scaling.scaledownWindowMs) }),
  ...(scaling.scaleupWindowMs === undefined ? {} : { scaleupWindow: seconds(scaling.scaleupWindowMs) }),
  ...(scaling.targetConcurrency === undefined ? {} : { targetConcurrencyFloat: scaling.targetConcurrency }),
});

/** Our names of settings as clients write them. */
const NAMES: Readonly<Record<keyof Scaling, string>> = {
  minContainers: 'min_containers',
  maxContainers: 'max_containers',
  bufferContainers: 'buffer_containers',
  scaledownWindowMs: 'scaledown_window',
  scaleupWindowMs: 'scaleup_window',
  targetConcurrency: 'target_concurrency',
};

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

/** Changes settings until the next deployment; what is not said stays. Older clients say how many containers to keep, and no more. */
export const functionUpdateSchedulingParams =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'functionUpdateSchedulingParams'> =>
  async ({ functionId, settings, warmPoolSizeOverride }, { caller }) => ({
    currentSettings: settingsOf(
      await bus.request('scheduler.scale-function', {
        workspaceId: caller.workspaceId,
        functionId,
        settings: readAutoscalerChanges(settings ?? { minContainers: warmPoolSizeOverride }),
        byId: callerKey(caller),
        byName: callerName(caller),
      }),
    ),
  });

/** The settings that count, those that were deployed, and which of them were changed since, by whom and when. */
export const functionGetSchedulingParams =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'functionGetSchedulingParams'> =>
  async ({ functionId }, { caller: { workspaceId } }) => {
    const { spec, deployedAutoscaler, overrides } = await bus.request('scheduler.get-function', {
      workspaceId,
      functionId,
    });
    const changed = Object.entries(overrides) as [
      keyof Scaling,
      (typeof overrides)[keyof Scaling] & object,
    ][];
    return FunctionGetSchedulingParamsResponse.fromPartial({
      autoscalerConfiguration: {
        settings: settingsOf(spec.autoscaler),
        defaultSettings: settingsOf(DEFAULT_AUTOSCALER),
        staticSettings: settingsOf(deployedAutoscaler),
        overrideSettings: settingsOf(
          Object.fromEntries(changed.map(([setting]) => [setting, spec.autoscaler[setting]])),
        ),
        overrideEvents: Object.fromEntries(
          changed.map(([setting, { at, byId, byName }]) => [
            NAMES[setting],
            { userId: byId, requestedBy: byName, timestamp: at / 1000 },
          ]),
        ),
      },
    });
  };
