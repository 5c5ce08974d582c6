import { accepted } from '@slipway/kernel';
import {
  chooseMetricGroups,
  metricBuckets,
  METRIC_GROUPS,
  SERVER_METRIC_GROUPS,
  type MetricBuckets,
  type MetricGroup,
} from '@slipway/gateway-core';
import {
  FunctionGetMetricsResponse,
  MetricsGetInfoRequest_MetricsTargetType as Target,
  MetricsGetInfoResponse,
  type FunctionMetricSeries,
} from '@slipway/protocol';
import type { Series } from '../../store/function-history/fold-series.js';
import { readFunctionSeries } from '../../store/function-history/function-series.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { functionFamily } from './function-family.js';
import { readTimeRange } from './time-range.js';

/** Which time series there are, and how a range would be cut. */
export const metricsGetInfo = (): UnaryRpc<'metricsGetInfo'> => async (asked) => {
  const offered = asked.targetType === Target.SERVER ? SERVER_METRIC_GROUPS : METRIC_GROUPS;
  const groups = accepted(chooseMetricGroups(asked.groups, offered));
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
export const seriesOf = (
  groups: readonly MetricGroup[],
  series: Series,
  buckets: MetricBuckets,
): FunctionMetricSeries[] =>
  groups
    .flatMap(({ metrics }) => metrics)
    .map(({ name, unit, description, whenNothing }) => ({
      name,
      unit,
      description,
      points: Array.from({ length: buckets.count }, (_, place) => {
        const at = buckets.startsAt + place * buckets.widthMs;
        const value = series.get(name)?.get(at) ?? (whenNothing === 'zero' ? 0 : undefined);
        return { timestamp: new Date(at), ...(value === undefined ? {} : { value }) };
      }),
    }));

/** The time series of a function, or of it and its variants together. */
export const functionGetMetrics =
  (parts: Pick<RpcParts, 'bus' | 'statistics' | 'variants'>): UnaryRpc<'functionGetMetrics'> =>
  async ({ functionId, rollup, ...asked }, { caller: { workspaceId } }) => {
    const groups = accepted(chooseMetricGroups(asked.groups, METRIC_GROUPS));
    const buckets = accepted(metricBuckets(readTimeRange(asked.since, asked.until), asked.bucketSecs));
    const scope = rollup ? 'with-variants' : 'alone';
    const { functionIds } = await functionFamily(parts, { workspaceId, functionId }, scope);
    const series = await parts.statistics.read(workspaceId, (connection) =>
      readFunctionSeries(connection, functionIds, buckets),
    );
    return FunctionGetMetricsResponse.fromPartial({
      since: new Date(buckets.startsAt),
      until: new Date(buckets.stopsAt),
      bucketSecs: buckets.widthMs / 1000,
      series: seriesOf(groups, series, buckets),
    });
  };
