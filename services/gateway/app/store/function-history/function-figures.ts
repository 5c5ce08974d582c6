import type { SqlPool } from '@slipway/event-store';
import type { FunctionId, TaskId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** p50, p90 and p99 in seconds; undefined where there was nothing to measure. */
export type Percentiles = readonly [p50: number, p90: number, p99: number] | undefined;

export type FunctionFigures = Readonly<{
  succeeded: number;
  failed: number;
  timedOut: number;
  runningAtEnd: number;
  executionSeconds: Percentiles;
  latencySeconds: Percentiles;
  containers: number;
  containersStarted: number;
  containersFailed: number;
  containersCreatingAtEnd: number;
  startupSeconds: Percentiles;
}>;

export type FiguresQuery = Readonly<{
  functionIds: readonly FunctionId[];
  since: Instant;
  until: Instant;
  taskId?: TaskId;
}>;

const PERCENTILES = 'percentile_cont(array[0.5, 0.9, 0.99]) within group';
/** Ends of containers that somebody has to look at. */
export const FAILED_ENDS = [
  'user-error',
  'init-failure',
  'out-of-memory',
  'disk-full',
  'timeout',
  'startup-timeout',
  'image-failed',
  'host-lost',
  'platform-error',
];

const INPUTS = `select
    count(*) filter (where done and outcome = 'success') as succeeded,
    count(*) filter (where done and outcome not in ('success', 'timeout')) as failed,
    count(*) filter (where done and outcome = 'timeout') as timed_out,
    count(*) filter (where not done and started_at > 0 and started_at < $3) as running,
    ${PERCENTILES} (order by (finished_at - started_at) / 1000.0) filter (where done and started_at > 0) as execution,
    ${PERCENTILES} (order by (finished_at - queued_at) / 1000.0) filter (where done) as latency
  from (select *, coalesce(finished_at, 0) > 0 and finished_at < $3 as done from gateway.activity_inputs
    where function_id = any($1) and ($4::text is null or task_id = $4)
      and (finished_at >= $2 or coalesce(finished_at, 0) = 0)) input`;

const CONTAINERS = `select count(*) as total,
    count(*) filter (where ready_at >= $2 and ready_at < $3) as started,
    count(*) filter (where ended_at >= $2 and ended_at < $3 and reason = any($5)) as failed,
    count(*) filter (where coalesce(ready_at, ended_at, $3) >= $3) as creating,
    ${PERCENTILES} (order by (ready_at - created_at) / 1000.0)
      filter (where ready_at >= $2 and ready_at < $3) as startup
  from gateway.activity_tasks
  where function_id = any($1) and ($4::text is null or id = $4)
    and created_at < $3 and (ended_at is null or ended_at >= $2)`;

type Row = Record<string, string | null> &
  Record<'execution' | 'latency' | 'startup', readonly number[] | null>;

/** Counts and percentiles of functions over [since, until). */
export const readFunctionFigures = async (
  connection: SqlPool,
  query: FiguresQuery,
): Promise<FunctionFigures> => {
  const values = [query.functionIds, query.since, query.until, query.taskId ?? null];
  const [input] = (await connection.query<Row>({ text: INPUTS, values })).rows;
  const [container] = (await connection.query<Row>({ text: CONTAINERS, values: [...values, FAILED_ENDS] }))
    .rows;
  return {
    succeeded: Number(input?.['succeeded']),
    failed: Number(input?.['failed']),
    timedOut: Number(input?.['timed_out']),
    runningAtEnd: Number(input?.['running']),
    executionSeconds: percentilesOf(input?.execution),
    latencySeconds: percentilesOf(input?.latency),
    containers: Number(container?.['total']),
    containersStarted: Number(container?.['started']),
    containersFailed: Number(container?.['failed']),
    containersCreatingAtEnd: Number(container?.['creating']),
    startupSeconds: percentilesOf(container?.startup),
  };
};

export const percentilesOf = (found: readonly number[] | null | undefined): Percentiles => {
  const [p50, p90, p99] = found ?? [];
  return p50 == null || p90 == null || p99 == null ? undefined : [p50, p90, p99];
};
