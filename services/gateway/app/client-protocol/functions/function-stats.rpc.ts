import { FunctionGetTimeRangeStatsResponse } from '@slipway/protocol';
import { readFunctionFigures } from '../../store/function-history/function-figures.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { distributions } from './distributions.js';
import { functionFamily } from './function-family.js';
import { readTimeRange } from './time-range.js';

/** What a function, or one container of it, did in a time. */
export const functionGetTimeRangeStats =
  (parts: Pick<RpcParts, 'bus' | 'statistics' | 'variants'>): UnaryRpc<'functionGetTimeRangeStats'> =>
  async ({ functionId, rollup, containerId, ...asked }, { caller: { workspaceId } }) => {
    const { since, until } = readTimeRange(asked.since, asked.until);
    const scope = rollup || containerId ? 'with-variants' : 'alone';
    const { functionIds, variantCount } = await functionFamily(parts, { workspaceId, functionId }, scope);
    const taskId = containerId ? { taskId: containerId } : {};
    const figures = await parts.statistics.read(workspaceId, (connection) =>
      readFunctionFigures(connection, { functionIds, since, until, ...taskId }),
    );
    return FunctionGetTimeRangeStatsResponse.fromPartial({
      since: new Date(since),
      until: new Date(until),
      inputSuccessCount: figures.succeeded,
      inputFailureCount: figures.failed,
      inputTimeoutCount: figures.timedOut,
      inputRunningAtEndCount: figures.runningAtEnd,
      inputPercentileStats: distributions({
        'Execution time (s)': figures.executionSeconds,
        'End-to-end latency (s)': figures.latencySeconds,
      }),
      containerTotalCount: figures.containers,
      containerStartedCount: figures.containersStarted,
      containerErrorCount: figures.containersFailed,
      containerCreatingAtEndCount: figures.containersCreatingAtEnd,
      containerPercentileStats: distributions({ 'Startup time (s)': figures.startupSeconds }),
      variantCount,
    });
  };
