import type { SqlPool } from './database.js';

export type Snapshot = Readonly<{ position: number; state: unknown }>;

/** The folded state up to a position, so that a start needs only the log's tail. Losing one costs time, never data. */
export class Snapshots {
  constructor(
    private readonly pool: SqlPool,
    private readonly schema: string,
    private readonly shard: string,
  ) {}

  async load(): Promise<Snapshot | undefined> {
    const { rows } = await this.pool.query<{ position: string; state: unknown }>({
      text: `select position, state from "${this.schema}".snapshot where shard = $1`,
      values: [this.shard],
    });
    return rows[0] && { position: Number(rows[0].position), state: rows[0].state };
  }

  async save({ position, state }: Snapshot): Promise<void> {
    await this.pool.query({
      text: `insert into "${this.schema}".snapshot (shard, position, state) values ($1, $2, $3::json)
             on conflict (shard) do update set position = excluded.position, state = excluded.state, taken_at = now()
             where "${this.schema}".snapshot.position < excluded.position`,
      values: [this.shard, position, JSON.stringify(state)],
    });
  }
}
