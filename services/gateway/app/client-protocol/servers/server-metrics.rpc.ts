import { accepted } from '@slipway/kernel';
import { chooseMetricGroups, metricBuckets, SERVER_METRIC_GROUPS } from '@slipway/gateway-core';
import { ServerGetMetricsResponse } from '@slipway/protocol';
import { readFunctionSeries } from '../../store/function-history/function-series.js';
import { readRequestSeries } from '../../store/request-history/request-figures.js';
import { seriesOf } from '../functions/function-metrics.rpc.js';
import { readTimeRange } from '../functions/time-range.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { requireServer } from './require-server.js';

/** The time series of a server: its requests and its containers. */
export const serverGetMetrics =
  (parts: Pick<RpcParts, 'bus' | 'statistics'>): UnaryRpc<'serverGetMetrics'> =>
  async ({ functionId: id, ...asked }, { caller: { workspaceId } }) => {
    const groups = accepted(chooseMetricGroups(asked.groups, SERVER_METRIC_GROUPS));
    const buckets = accepted(metricBuckets(readTimeRange(asked.since, asked.until), asked.bucketSecs));
    const functionId = await requireServer(parts, { workspaceId, functionId: id });
    const { containers, requests } = await parts.statistics.read(workspaceId, async (connection) => ({
      containers: await readFunctionSeries(connection, [functionId], buckets),
      requests: await readRequestSeries(connection, functionId, buckets),
    }));
    return ServerGetMetricsResponse.fromPartial({
      since: new Date(buckets.startsAt),
      until: new Date(buckets.stopsAt),
      bucketSecs: buckets.widthMs / 1000,
      series: seriesOf(groups, new Map([...containers, ...requests]), buckets),
    });
  };
