import type { SqlPool } from '@slipway/event-store';
import type { FunctionId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** One request for a server function and what became of it. */
export type RequestRow = Readonly<{
  requestId: string;
  functionId: FunctionId;
  cameAt: Instant;
  durationMs: number;
  status: number;
  /** '' where it reached no container. */
  taskId: string;
  /** Method and path. */
  route: string;
}>;

type Row = Record<'came_at' | 'task_id' | 'route' | 'request_id' | 'function_id', string> &
  Record<'duration_ms' | 'status', number>;

/** A day more than the longest time over which a client may ask for metrics. */
const KEPT_MS = 32 * 24 * 3_600_000;

/** Requests for server functions, by when they came. */
export class RequestList {
  constructor(private readonly pool: SqlPool) {}

  async add(rows: readonly RequestRow[]): Promise<void> {
    await this.pool.query({
      text: `insert into gateway.server_requests
          (request_id, function_id, came_at, duration_ms, status, task_id, route)
        select * from unnest($1::text[], $2::text[], $3::bigint[], $4::float8[], $5::int[], $6::text[], $7::text[])
        on conflict do nothing`,
      values: [
        rows.map(({ requestId }) => requestId),
        rows.map(({ functionId }) => functionId),
        rows.map(({ cameAt }) => cameAt),
        rows.map(({ durationMs }) => durationMs),
        rows.map(({ status }) => status),
        rows.map(({ taskId }) => taskId),
        rows.map(({ route }) => route),
      ],
    });
  }

  /** Newest first. */
  newest(functionId: FunctionId, limit: number): Promise<readonly RequestRow[]> {
    return this.read('order by came_at desc, request_id desc limit $2', [functionId, limit]);
  }

  /** Those of [since, until), oldest first. */
  between(
    functionId: FunctionId,
    since: Instant,
    until: Instant,
    limit: number,
  ): Promise<readonly RequestRow[]> {
    return this.read('and came_at >= $2 and came_at < $3 order by came_at, request_id limit $4', [
      functionId,
      since,
      until,
      limit,
    ]);
  }

  /** How many came in each part of [since, until) that is not empty; parts begin at multiples of their width. */
  async count(
    functionId: FunctionId,
    since: Instant,
    until: Instant,
    widthMs: number,
  ): Promise<readonly Readonly<{ startsAt: Instant; count: number }>[]> {
    const { rows } = await this.pool.query<Readonly<{ starts_at: string; count: string }>>({
      text: `select came_at / $4::bigint * $4::bigint as starts_at, count(*) as count from gateway.server_requests
        where function_id = $1 and came_at >= $2 and came_at < $3 group by 1 order by 1`,
      values: [functionId, since, until, widthMs],
    });
    return rows.map((row) => ({ startsAt: Number(row.starts_at), count: Number(row.count) }));
  }

  /** Those about which nobody can ask any more. */
  async forgetOld(at: Instant): Promise<void> {
    await this.pool.query({
      text: 'delete from gateway.server_requests where came_at < $1',
      values: [at - KEPT_MS],
    });
  }

  private async read(rest: string, values: unknown[]): Promise<readonly RequestRow[]> {
    const { rows } = await this.pool.query<Row>({
      text: `select * from gateway.server_requests where function_id = $1 ${rest}`,
      values,
    });
    return rows.map((row) => ({
      requestId: row.request_id,
      functionId: row.function_id as FunctionId,
      cameAt: Number(row.came_at),
      durationMs: row.duration_ms,
      status: row.status,
      taskId: row.task_id,
      route: row.route,
    }));
  }
}
