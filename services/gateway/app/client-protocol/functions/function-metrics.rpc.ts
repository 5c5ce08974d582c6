import { accepted } from '@slipway/kernel';
import { chooseMetricGroups, metricBuckets, type Metric, type MetricBuckets } from '@slipway/gateway-core';
import { FunctionGetMetricsResponse, MetricsGetInfoResponse } from '@slipway/protocol';
import { readFunctionSeries, type Series } from '../../store/function-history/function-series.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { functionFamily } from './function-family.js';
import { readTimeRange } from './time-range.js';

/** Which time series there are, and how a range would be cut. */
export const metricsGetInfo = (): UnaryRpc<'metricsGetInfo'> => async (asked) => {
  const groups = accepted(chooseMetricGroups(asked.groups));
  const buckets = accepted(metricBuckets(readTimeRange(asked.since, asked.until), asked.bucketSecs));
  return MetricsGetInfoResponse.fromPartial({
    groups: groups.map(({ name, title, description, metrics }) => ({
      name,
      description,
      displayName: title,
      metrics: metrics.map(({ name: metric, unit, description: text }) => ({
        name: metric,
        unit,
        description: text,
      })),
    })),
    bucketSecs: buckets.widthMs / 1000,
    bucketCount: buckets.count,
  });
};

/** A point for each bucket: a count of nothing is 0, a time of nothing is missing. */
const pointsOf = ({ name, whenNothing }: Metric, series: Series, buckets: MetricBuckets) =>
  Array.from({ length: buckets.count }, (_, place) => {
    const at = buckets.startsAt + place * buckets.widthMs;
    const value = series.get(name)?.get(at) ?? (whenNothing === 'zero' ? 0 : undefined);
    return { timestamp: new Date(at), ...(value === undefined ? {} : { value }) };
  });

/** The time series of a function, or of it and its variants together. */
export const functionGetMetrics =
  (parts: Pick<RpcParts, 'bus' | 'pool' | 'variants'>): UnaryRpc<'functionGetMetrics'> =>
  async ({ functionId, rollup, ...asked }, { caller: { workspaceId } }) => {
    const groups = accepted(chooseMetricGroups(asked.groups));
    const buckets = accepted(metricBuckets(readTimeRange(asked.since, asked.until), asked.bucketSecs));
    const scope = rollup ? 'with-variants' : 'alone';
    const { functionIds } = await functionFamily(parts, { workspaceId, functionId }, scope);
    const series = await readFunctionSeries(parts.pool, functionIds, buckets);
    return FunctionGetMetricsResponse.fromPartial({
      since: new Date(buckets.startsAt),
      until: new Date(buckets.stopsAt),
      bucketSecs: buckets.widthMs / 1000,
      series: groups
        .flatMap(({ metrics }) => metrics)
        .map((metric) => ({
          name: metric.name,
          unit: metric.unit,
          description: metric.description,
          points: pointsOf(metric, series, buckets),
        })),
    });
  };
