import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  StaleEpochError,
  VersionConflictError,
  type EventLog,
  type Fence,
  type NewEvent,
  type StoredEvent,
} from '@slipway/kernel';
import type { SqlPool } from './database.js';
import { isDatabaseAway, isUniqueViolation } from './database-errors.js';
import { eventLogTables } from './event-log-tables.js';

type Row = { position: string; stream: string; version: number; type: string; data: unknown; at: string };

const RETRY_PAUSE_MS = 50;
/** A version is an integer of 32 bits. */
const MOST_VERSIONS = 2_147_483_647;

/** The log of record in PostgreSQL. One writer per shard; an append is one statement and one commit, however many events it holds. */
export class PostgresEventLog implements EventLog {
  private lastPosition = 0;

  private constructor(
    private readonly pool: SqlPool,
    private readonly schema: string,
  ) {}

  static async open(pool: SqlPool, schema: string): Promise<PostgresEventLog> {
    await pool.query({ text: eventLogTables(schema) });
    return new PostgresEventLog(pool, schema);
  }

  /** The position of the last event that this process wrote or found. */
  get position(): number {
    return this.lastPosition;
  }

  /** Must be called by a new leader before its first append: whatever an old leader wrote is now known. */
  async findEnd(): Promise<number> {
    const { rows } = await this.pool.query<{ last: string | null }>({
      text: `select max(position) as last from "${this.schema}".events`,
    });
    this.lastPosition = Number(rows[0]?.last ?? 0);
    return this.lastPosition;
  }

  /** Waits out a database that is away; the same append is never written twice. */
  async append(events: readonly NewEvent[], fence: Fence): Promise<number> {
    const commit = randomUUID();
    const first = this.lastPosition + 1;
    const rows = JSON.stringify(events.map((event, index) => ({ ...event, position: first + index })));
    for (;;) {
      try {
        await this.insert(rows, commit, fence);
        break;
      } catch (error) {
        if (isUniqueViolation(error)) {
          if (await this.wasWritten(first, commit)) break;
          throw new VersionConflictError((error as Error & { detail?: string }).detail ?? String(error));
        }
        if (!isDatabaseAway(error)) throw error;
        await pause(RETRY_PAUSE_MS);
      }
    }
    this.lastPosition = first + events.length - 1;
    return this.lastPosition;
  }

  async read(afterPosition: number, limit: number): Promise<readonly StoredEvent[]> {
    const { rows } = await this.pool.query<Row>({
      name: 'read-events',
      text: `select position, stream, version, type, data, at from "${this.schema}".events
             where position > $1 order by position limit $2`,
      values: [afterPosition, limit],
    });
    return rows.map(eventOf);
  }

  /** Waits while the database is away. */
  async readStream(stream: string, afterVersion: number, limit: number): Promise<readonly StoredEvent[]> {
    const { rows } = await this.untilAnswered<Row>({
      name: 'read-stream',
      text: `select position, stream, version, type, data, at from "${this.schema}".events
             where stream = $1 and version > $2 order by version limit $3`,
      values: [stream, afterVersion, limit],
    });
    return rows.map(eventOf);
  }

  /** Waits while the database is away. */
  async readVersions(stream: string, versions: readonly number[]): Promise<readonly StoredEvent[]> {
    const { rows } = await this.untilAnswered<Row>({
      name: 'read-versions',
      text: `select position, stream, version, type, data, at from "${this.schema}".events
             where stream = $1 and version = any($2::integer[]) order by version`,
      values: [stream, versions],
    });
    return rows.map(eventOf);
  }

  /** A position of the stream itself is sought by its version, so that a page far back costs no more than the first. */
  async readStreamBefore(
    stream: string,
    beforePosition: number = Number.MAX_SAFE_INTEGER,
    limit: number,
  ): Promise<readonly StoredEvent[]> {
    const { rows } = await this.pool.query<Row>({
      name: 'read-stream-before',
      text: `select position, stream, version, type, data, at from "${this.schema}".events
             where stream = $1 and position < $2 and version < coalesce(
               (select version from "${this.schema}".events where position = $2 and stream = $1), ${MOST_VERSIONS})
             order by version desc limit $3`,
      values: [stream, beforePosition, limit],
    });
    return rows.map(eventOf);
  }

  /** The last version of each of these streams; 0 of one that has no event. Waits while the database is away. */
  async versionsOf(streams: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.untilAnswered<{ stream: string; version: number }>({
      name: 'versions-of-streams',
      text: `select stream, coalesce((select version from "${this.schema}".events
               where events.stream = wanted.stream order by version desc limit 1), 0) as version
             from unnest($1::text[]) as wanted(stream)`,
      values: [streams],
    });
    return new Map(rows.map(({ stream, version }) => [stream, version]));
  }

  /** The lease's row is locked for the time of the commit, so that no new leader can come in between. */
  private async insert(rows: string, commit: string, fence: Fence): Promise<void> {
    const { rowCount } = await this.pool.query({
      name: 'append-events',
      text: `with fence as (
               select 1 from "${this.schema}".shard_lease where shard = $3 and epoch = $4 for share
             )
             insert into "${this.schema}".events (position, stream, version, type, data, at, commit)
             select e.position, e.stream, e.version, e.type, e.data, e.at, $2::uuid
             from json_to_recordset($1::json)
                  as e(position bigint, stream text, version integer, type text, data json, at bigint), fence`,
      values: [rows, commit, fence.shard, fence.epoch],
    });
    if (rowCount === 0) throw new StaleEpochError(fence);
  }

  private async wasWritten(position: number, commit: string): Promise<boolean> {
    const { rows } = await this.untilAnswered<{ commit: string }>({
      text: `select commit from "${this.schema}".events where position = $1`,
      values: [position],
    });
    return rows[0]?.commit === commit;
  }

  /** Asks again while the database is away: a question changes nothing. */
  private async untilAnswered<Found>(
    question: Parameters<SqlPool['query']>[0],
  ): Promise<Readonly<{ rows: readonly Found[] }>> {
    for (;;) {
      try {
        return await this.pool.query<Found>(question);
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        await pause(RETRY_PAUSE_MS);
      }
    }
  }
}

const eventOf = (row: Row): StoredEvent => ({
  position: Number(row.position),
  stream: row.stream,
  version: row.version,
  type: row.type,
  data: row.data,
  at: Number(row.at),
});
