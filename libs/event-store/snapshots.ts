import { randomUUID } from 'node:crypto';
import type { SqlPool } from './database.js';

export type Snapshot = Readonly<{ position: number; state: unknown }>;

type Part = Readonly<{ field: string; value: unknown }>;

/** Of a list so many entries are one part: all of it may be longer than the longest string. */
const ENTRIES_PER_PART = 1_000;

/**
 * The folded state up to a position, so that a start needs only the log's tail. Losing one costs time, never data.
 * It is written part by part; the row in `snapshot` names the save whose parts are all there.
 */
export class Snapshots {
  constructor(
    private readonly pool: SqlPool,
    private readonly schema: string,
    private readonly shard: string,
  ) {}

  /** In one statement, so that no save comes between two parts. */
  async load(): Promise<Snapshot | undefined> {
    const { rows } = await this.pool.query<{ position: string; state: unknown } & (Part | { field: null })>({
      text: `select head.position, head.state, part.field, part.value
             from "${this.schema}".snapshot head
             left join "${this.schema}".snapshot_part part using (shard, save, position)
             where shard = $1 order by part.number`,
      values: [this.shard],
    });
    const [head] = rows;
    if (head === undefined) return undefined;
    const parts = rows.filter((row) => row.field !== null);
    return { position: Number(head.position), state: parts.length === 0 ? head.state : joined(parts) };
  }

  /** The state's fields are taken one after the other, so nothing in it may change meanwhile. */
  async save({ position, state }: Readonly<{ position: number; state: object }>): Promise<void> {
    const save = randomUUID();
    let number = 0;
    for (const { field, value } of partsOf(state)) {
      await this.pool.query({
        text: `insert into "${this.schema}".snapshot_part (shard, position, save, number, field, value)
               values ($1, $2, $3, $4, $5, $6::json)`,
        values: [this.shard, position, save, number, field, JSON.stringify(value)],
      });
      number += 1;
    }
    // Versions before there were parts write a state as a whole; of this one they read that it has no format, and do without.
    await this.pool.query({
      text: `insert into "${this.schema}".snapshot (shard, position, state, save) values ($1, $2, '{}', $3)
             on conflict (shard) do update
             set position = excluded.position, state = excluded.state, save = excluded.save, taken_at = now()
             where "${this.schema}".snapshot.position < excluded.position`,
      values: [this.shard, position, save],
    });
    await this.pool.query({
      text: `delete from "${this.schema}".snapshot_part part using "${this.schema}".snapshot head
             where part.shard = $1 and head.shard = $1 and part.save is distinct from head.save
               and part.position <= head.position`,
      values: [this.shard],
    });
  }
}

function* partsOf(state: object): Generator<Part> {
  for (const [field, value] of Object.entries(state) as [string, unknown][])
    if (!Array.isArray(value)) yield { field, value };
    else
      for (let first = 0; first === 0 || first < value.length; first += ENTRIES_PER_PART)
        yield { field, value: value.slice(first, first + ENTRIES_PER_PART) };
}

const joined = (parts: readonly Part[]): object => {
  const state = new Map<string, unknown>();
  for (const { field, value } of parts) {
    const before = state.get(field);
    if (Array.isArray(before)) for (const entry of value as readonly unknown[]) before.push(entry);
    else state.set(field, value);
  }
  return Object.fromEntries(state);
};
