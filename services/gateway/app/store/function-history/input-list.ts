import type { SqlPool } from '@slipway/event-store';
import type { FunctionId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** One input of a function, as it is now. */
export type InputRow = Readonly<{
  callId: string;
  methodName?: string;
  queuedAt: Instant;
  startedAt?: Instant;
  finishedAt?: Instant;
  taskId?: string;
  outcome?: string;
  /** How long its container took to start. */
  startupMs?: number;
}>;

type Row = Record<'call_id' | 'queued_at', string> &
  Record<'method_name' | 'started_at' | 'finished_at' | 'task_id' | 'outcome' | 'startup_ms', string | null>;

const COLUMNS = `input.call_id, input.method_name, input.queued_at, nullif(input.started_at, 0) as started_at,
  nullif(input.finished_at, 0) as finished_at, nullif(input.task_id, '') as task_id,
  nullif(input.outcome, '') as outcome, task.ready_at - task.created_at as startup_ms`;
const FROM = `gateway.activity_inputs input left join gateway.activity_tasks task on task.id = input.task_id`;

/** Inputs of functions by when they were queued. */
export class InputList {
  constructor(private readonly pool: SqlPool) {}

  /** Newest first. */
  newest(functionIds: readonly FunctionId[], limit: number): Promise<readonly InputRow[]> {
    return this.read(
      `select ${COLUMNS} from ${FROM} where input.function_id = any($1) and input.queued_at is not null
       order by input.queued_at desc, input.id desc limit $2`,
      [functionIds, limit],
    );
  }

  /** Those of [since, until), oldest first. */
  between(
    functionIds: readonly FunctionId[],
    since: Instant,
    until: Instant,
    limit: number,
  ): Promise<readonly InputRow[]> {
    return this.read(
      `select ${COLUMNS} from ${FROM}
       where input.function_id = any($1) and input.queued_at >= $2 and input.queued_at < $3
       order by input.queued_at, input.id limit $4`,
      [functionIds, since, until, limit],
    );
  }

  /** How many were queued in each part of [since, until) that is not empty; parts begin at multiples of their width. */
  async count(
    functionIds: readonly FunctionId[],
    since: Instant,
    until: Instant,
    widthMs: number,
  ): Promise<readonly Readonly<{ startsAt: Instant; count: number }>[]> {
    const { rows } = await this.pool.query<Readonly<{ starts_at: string; count: string }>>({
      text: `select queued_at / $4::bigint * $4::bigint as starts_at, count(*) as count from gateway.activity_inputs
        where function_id = any($1) and queued_at >= $2 and queued_at < $3 group by 1 order by 1`,
      values: [functionIds, since, until, widthMs],
    });
    return rows.map((row) => ({ startsAt: Number(row.starts_at), count: Number(row.count) }));
  }

  private async read(text: string, values: unknown[]): Promise<readonly InputRow[]> {
    const { rows } = await this.pool.query<Row>({ text, values });
    return rows.map((row) => ({
      callId: row.call_id,
      queuedAt: Number(row.queued_at),
      ...(row.method_name === null ? {} : { methodName: row.method_name }),
      ...(row.started_at === null ? {} : { startedAt: Number(row.started_at) }),
      ...(row.finished_at === null ? {} : { finishedAt: Number(row.finished_at) }),
      ...(row.task_id === null ? {} : { taskId: row.task_id }),
      ...(row.outcome === null ? {} : { outcome: row.outcome }),
      ...(row.startup_ms === null ? {} : { startupMs: Number(row.startup_ms) }),
    }));
  }
}
