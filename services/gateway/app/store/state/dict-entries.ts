import { createHash } from 'node:crypto';
import { isUniqueViolation, type SqlPool } from '@slipway/event-store';
import { DICT_ENTRY_LIFE_MS, MOST_COUNTED, useMark } from '@slipway/gateway-core';

export type DictEntry = Readonly<{ key: Buffer; value: Buffer }>;

export type DictUpdate = Readonly<{
  dictId: string;
  entries: readonly DictEntry[];
  /** What becomes of a key that is there. */
  existing: 'replace' | 'keep';
  receiptId: string;
  at: number;
}>;

type OfKey = Readonly<{ dictId: string; key: Buffer; at: number }>;

export const hashOfKey = (key: Buffer): Buffer => createHash('sha256').update(key).digest();

const idleSince = (at: number): number => useMark(at) - DICT_ENTRY_LIFE_MS;

/** The entries of dicts, by the hash of their key. A change and its receipt are one commit. */
export class DictEntries {
  constructor(private readonly pool: SqlPool) {}

  async get({ dictId, key, at }: OfKey): Promise<Buffer | undefined> {
    const hash = hashOfKey(key);
    const { rows } = await this.pool.query<{ value: Buffer; used_at: string }>({
      name: 'get-dict-entry',
      text: `select value, used_at from gateway.dict_entries where dict_id = $1 and key_hash = $2 and used_at > $3`,
      values: [dictId, hash, idleSince(at)],
    });
    if (rows[0] && Number(rows[0].used_at) < useMark(at)) await this.use(dictId, hash, at);
    return rows[0]?.value;
  }

  async contains({ dictId, key, at }: OfKey): Promise<boolean> {
    const hash = hashOfKey(key);
    const { rows } = await this.pool.query<{ used_at: string }>({
      name: 'contains-dict-entry',
      text: `select used_at from gateway.dict_entries where dict_id = $1 and key_hash = $2 and used_at > $3`,
      values: [dictId, hash, idleSince(at)],
    });
    if (rows[0] && Number(rows[0].used_at) < useMark(at)) await this.use(dictId, hash, at);
    return rows.length > 0;
  }

  /** Counts no further than the largest length that is told. */
  async count(dictId: string, at: number): Promise<number> {
    const { rows } = await this.pool.query<{ count: string }>({
      text: `select count(*) from (select 1 from gateway.dict_entries
        where dict_id = $1 and used_at > $2 limit ${MOST_COUNTED}) counted`,
      values: [dictId, idleSince(at)],
    });
    return Number(rows[0]?.count ?? 0);
  }

  /** Writes all entries or none. Whether every one was written; a repeated request is answered as the first was. */
  async update({ dictId, entries, existing, receiptId, at }: DictUpdate): Promise<boolean> {
    // The last of two values for one key counts, as in a dictionary; one order for all keeps writers from locking crosswise.
    const byHash = new Map(entries.map((entry) => [hashOfKey(entry.key).toString('hex'), entry]));
    const sorted = [...byHash].toSorted(([left], [right]) => (left < right ? -1 : 1));
    try {
      const { rows } = await this.pool.query<{ done: boolean }>({
        name: 'update-dict-entries',
        text: `with put as (
            insert into gateway.dict_entries as kept (dict_id, key_hash, key, value, used_at)
            select $1, key_hash, key, value, $5 from unnest($2::bytea[], $3::bytea[], $4::bytea[]) as given (key_hash, key, value)
            on conflict (dict_id, key_hash) do update set value = excluded.value, used_at = excluded.used_at
              where $10 or kept.used_at <= $7
            returning 1)
          insert into gateway.dict_receipts (receipt_id, done, at)
          select $6, (select count(*) from put) = $8, $9 returning done`,
        values: [
          dictId,
          sorted.map(([hash]) => Buffer.from(hash, 'hex')),
          sorted.map(([, entry]) => entry.key),
          sorted.map(([, entry]) => entry.value),
          useMark(at),
          receiptId,
          idleSince(at),
          sorted.length,
          at,
          existing === 'replace',
        ],
      });
      return rows[0]?.done ?? false;
    } catch (error) {
      return (await this.receipt(receiptId, error)).done;
    }
  }

  /** Takes an entry out; a repeated request gets the same value again. */
  async pop({ dictId, key, at, receiptId }: OfKey & { receiptId: string }): Promise<Buffer | undefined> {
    try {
      const { rows } = await this.pool.query<{ value: Buffer | null }>({
        name: 'pop-dict-entry',
        text: `with gone as (
            delete from gateway.dict_entries where dict_id = $1 and key_hash = $2 and used_at > $3 returning value)
          insert into gateway.dict_receipts (receipt_id, done, value, at)
          select $4, exists (select from gone), (select value from gone), $5 returning value`,
        values: [dictId, hashOfKey(key), idleSince(at), receiptId, at],
      });
      return rows[0]?.value ?? undefined;
    } catch (error) {
      return (await this.receipt(receiptId, error)).value ?? undefined;
    }
  }

  async clear(dictId: string): Promise<void> {
    await this.pool.query({ text: `delete from gateway.dict_entries where dict_id = $1`, values: [dictId] });
  }

  private async use(dictId: string, hash: Buffer, at: number): Promise<void> {
    await this.pool.query({
      text: `update gateway.dict_entries set used_at = $3 where dict_id = $1 and key_hash = $2 and used_at < $3`,
      values: [dictId, hash, useMark(at)],
    });
  }

  /** What the request was answered the first time; throws `error` again unless it says that there was a first time. */
  private async receipt(receiptId: string, error: unknown): Promise<{ done: boolean; value: Buffer | null }> {
    if (!isUniqueViolation(error)) throw error;
    const { rows } = await this.pool.query<{ done: boolean; value: Buffer | null }>({
      text: `select done, value from gateway.dict_receipts where receipt_id = $1`,
      values: [receiptId],
    });
    if (rows[0] === undefined) throw error;
    return rows[0];
  }
}
