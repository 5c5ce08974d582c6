import type { SqlPool } from '@slipway/event-store';
import type { FunctionId, TaskId } from '@slipway/contracts';
import type { MetricBuckets } from '@slipway/gateway-core';
import type { Instant } from '@slipway/kernel';
import { percentilesOf, type Percentiles } from '../function-history/function-figures.js';
import { foldSeries, type Series, type SeriesRow } from '../function-history/fold-series.js';

export type RequestFigures = Readonly<{
  count: number;
  /** By hundreds: 200, 300, 400, 500. */
  byStatusClass: ReadonlyMap<number, number>;
  durationSeconds: Percentiles;
}>;

const PERCENTILES = 'percentile_cont(array[0.5, 0.9, 0.99]) within group';
const OF_A_TIME = 'function_id = $1 and came_at >= $2 and came_at < $3';

/** Counts and percentiles of a server's requests over [since, until), of one container where one is named. */
export const readRequestFigures = async (
  connection: SqlPool,
  asked: Readonly<{ functionId: FunctionId; since: Instant; until: Instant; taskId?: TaskId }>,
): Promise<RequestFigures> => {
  const values = [asked.functionId, asked.since, asked.until, asked.taskId ?? null];
  const among = `from gateway.server_requests where ${OF_A_TIME} and ($4::text is null or task_id = $4)`;
  const classes = await connection.query<Readonly<{ class: number; count: string }>>({
    text: `select status / 100 * 100 as class, count(*) as count ${among} group by 1 order by 1`,
    values,
  });
  const durations = await connection.query<Readonly<{ duration: readonly number[] | null }>>({
    text: `select ${PERCENTILES} (order by duration_ms / 1000.0) as duration ${among}`,
    values,
  });
  const byStatusClass = new Map(classes.rows.map((row) => [row.class, Number(row.count)]));
  return {
    count: [...byStatusClass.values()].reduce((total, count) => total + count, 0),
    byStatusClass,
    durationSeconds: percentilesOf(durations.rows[0]?.duration),
  };
};

/** Every metric of a server's requests, bucket by bucket. */
export const readRequestSeries = async (
  connection: SqlPool,
  functionId: FunctionId,
  { startsAt, stopsAt, widthMs }: MetricBuckets,
): Promise<Series> => {
  const { rows } = await connection.query<SeriesRow>({
    text: `select came_at / $4::bigint * $4::bigint as starts_at, count(*) as requests_sum,
        count(*) filter (where status between 200 and 299) as requests_2xx_sum,
        count(*) filter (where status between 300 and 399) as requests_3xx_sum,
        count(*) filter (where status between 400 and 499) as requests_4xx_sum,
        count(*) filter (where status >= 500) as requests_5xx_sum,
        ${PERCENTILES} (order by duration_ms / 1000.0) as request_duration
      from gateway.server_requests where ${OF_A_TIME} group by 1`,
    values: [functionId, startsAt, stopsAt, widthMs],
  });
  return foldSeries(rows);
};
