import type { SqlPool } from '@slipway/event-store';
import type { FunctionId } from '@slipway/contracts';
import type { MetricBuckets } from '@slipway/gateway-core';
import { foldSeries, type Series, type SeriesRow } from './fold-series.js';
import { FAILED_ENDS } from './function-figures.js';

const PERCENTILES = 'percentile_cont(array[0.5, 0.9, 0.99]) within group';

const QUEUED = `select queued_at / $4::bigint * $4::bigint as starts_at, count(*) as inputs_queued_sum
  from gateway.activity_inputs
  where function_id = any($1) and queued_at >= $2 and queued_at < $3 group by 1`;

const FINISHED = `select finished_at / $4::bigint * $4::bigint as starts_at,
    count(*) filter (where outcome = 'success') as inputs_succeeded_sum,
    count(*) filter (where outcome not in ('success', 'timeout')) as inputs_failed_sum,
    count(*) filter (where outcome = 'timeout') as inputs_timed_out_sum,
    ${PERCENTILES} (order by (finished_at - started_at) / 1000.0) filter (where started_at > 0) as execution_time,
    ${PERCENTILES} (order by (finished_at - queued_at) / 1000.0) as latency
  from gateway.activity_inputs
  where function_id = any($1) and finished_at >= $2 and finished_at < $3 group by 1`;

const STARTED = `select ready_at / $4::bigint * $4::bigint as starts_at, count(*) as containers_started_sum,
    ${PERCENTILES} (order by (ready_at - created_at) / 1000.0) as startup_time
  from gateway.activity_tasks
  where function_id = any($1) and ready_at >= $2 and ready_at < $3 group by 1`;

const FAILED = `select ended_at / $4::bigint * $4::bigint as starts_at, count(*) as containers_failed_sum
  from gateway.activity_tasks
  where function_id = any($1) and ended_at >= $2 and ended_at < $3 and reason = any($5) group by 1`;

const ALIVE = `select starts_at, count(task.id) as containers_alive_last
  from generate_series($2::bigint, $3::bigint - $4::bigint, $4::bigint) starts_at
  join gateway.activity_tasks task on task.function_id = any($1)
    and task.created_at < starts_at + $4::bigint
    and (task.ended_at is null or task.ended_at >= starts_at + $4::bigint)
  group by 1`;

/** Every metric of these functions, bucket by bucket. */
export const readFunctionSeries = async (
  connection: SqlPool,
  functionIds: readonly FunctionId[],
  { startsAt, stopsAt, widthMs }: MetricBuckets,
): Promise<Series> => {
  const values = [functionIds, startsAt, stopsAt, widthMs];
  const read: SeriesRow[] = [];
  for (const text of [QUEUED, FINISHED, STARTED, ALIVE])
    read.push(...(await connection.query<SeriesRow>({ text, values })).rows);
  const failed = { text: FAILED, values: [...values, FAILED_ENDS] };
  return foldSeries([...read, ...(await connection.query<SeriesRow>(failed)).rows]);
};
