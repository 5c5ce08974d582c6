import type { SqlPool } from '@slipway/event-store';
import { DICT_ENTRY_LIFE_MS, useMark } from '@slipway/gateway-core';

const PAGE_ENTRIES = 1_000;
const PAGE_BYTES = 4 * 1024 * 1024;
const BEFORE_ALL = Buffer.alloc(0);

export type ContentsWanted = Readonly<{ dictId: string; keys: boolean; values: boolean; at: number }>;
export type DictContent = Readonly<{ key?: Buffer; value?: Buffer }>;

/**
 * Everything in a dict, page by page, so that one page is in memory whatever the dict holds.
 * What is written meanwhile may or may not be seen; what is there all the time is seen once.
 */
export async function* readDictContents(
  pool: SqlPool,
  { dictId, keys, values, at }: ContentsWanted,
): AsyncGenerator<DictContent> {
  type Row = Readonly<{ key_hash: Buffer; key?: Buffer; value?: Buffer }>;
  const columns = ['key_hash', ...(keys ? ['key'] : []), ...(values ? ['value'] : [])];
  const bytes = `(octet_length(key) + ${values ? 'octet_length(value)' : '0'})`;
  const idleSince = useMark(at) - DICT_ENTRY_LIFE_MS;
  let after: Buffer = BEFORE_ALL;
  for (;;) {
    const { rows } = await pool.query<Row>({
      text: `with page as (
          select key_hash, row_number() over ahead as nth, sum(bytes) over ahead as sum
          from (select key_hash, ${bytes} as bytes from gateway.dict_entries
            where dict_id = $1 and key_hash > $2 and used_at > $3 order by key_hash limit ${PAGE_ENTRIES}) next
          window ahead as (order by key_hash))
        select ${columns.join(', ')} from gateway.dict_entries join page using (key_hash)
        where dict_id = $1 and (nth = 1 or sum <= ${PAGE_BYTES}) order by key_hash`,
      values: [dictId, after, idleSince],
    });
    const last = rows.at(-1)?.key_hash;
    if (last === undefined) return;
    await pool.query({
      text: `update gateway.dict_entries set used_at = $4
        where dict_id = $1 and key_hash > $2 and key_hash <= $3 and used_at > $5 and used_at < $4`,
      values: [dictId, after, last, useMark(at), idleSince],
    });
    for (const { key, value } of rows) yield { ...(key ? { key } : {}), ...(value ? { value } : {}) };
    after = last;
  }
}
