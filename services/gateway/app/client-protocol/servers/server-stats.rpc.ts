import { ServerGetTimeRangeStatsResponse } from '@slipway/protocol';
import { readFunctionFigures } from '../../store/function-history/function-figures.js';
import { readRequestFigures } from '../../store/request-history/request-figures.js';
import { distributions } from '../functions/distributions.js';
import { readTimeRange } from '../functions/time-range.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { requireServer } from './require-server.js';

/** What a server, or one container of it, did in a time. */
export const serverGetTimeRangeStats =
  (parts: Pick<RpcParts, 'bus' | 'statistics'>): UnaryRpc<'serverGetTimeRangeStats'> =>
  async ({ functionId: id, containerId, ...asked }, { caller: { workspaceId } }) => {
    const { since, until } = readTimeRange(asked.since, asked.until);
    const functionId = await requireServer(parts, { workspaceId, functionId: id });
    const time = { since, until, ...(containerId ? { taskId: containerId } : {}) };
    const { requests, figures } = await parts.statistics.read(workspaceId, async (connection) => ({
      requests: await readRequestFigures(connection, { functionId, ...time }),
      figures: await readFunctionFigures(connection, { functionIds: [functionId], ...time }),
    }));
    return ServerGetTimeRangeStatsResponse.fromPartial({
      since: new Date(since),
      until: new Date(until),
      requestCount: requests.count,
      requestCountByStatusCode: [...requests.byStatusClass].map(([statusCode, count]) => ({
        statusCode,
        count,
      })),
      requestRatePerSecond: requests.count / ((until - since) / 1000),
      requestPercentileStats: distributions({ 'Request duration (s)': requests.durationSeconds }),
      containerPercentileStats: distributions({ 'Startup time (s)': figures.startupSeconds }),
      containerTotalCount: figures.containers,
      containerStartedCount: figures.containersStarted,
      containerErrorCount: figures.containersFailed,
      containerCreatingAtEndCount: figures.containersCreatingAtEnd,
    });
  };
