import { hash } from 'node:crypto';
import { bookUsage, chargeUsage, type TakenUsage, type Unpriced } from '@slipway/billing-core';
import { inTransaction, type LendingPool, type SqlPool } from '@slipway/event-store';
import type { JustTaken } from '../../metering/just-taken.js';
import { ensureAccounts, readAccounts } from '../../store/account-rows.js';
import { readQuantities, writeCharges } from '../../store/charge-rows.js';
import { writeCallUsage } from '../../store/call-usage-rows.js';
import { writeEntries } from '../../store/entry-rows.js';
import { meterHolds } from '../../store/hold-rows.js';
import { readRateBook } from '../../store/rate-book-rows.js';
import { readTakenUsage } from '../../store/taken-usage.js';

const PROCESS = 'price-usage';

/** As many facts as are booked by one commit. */
const BATCH = 5_000;

/**
 * Books the next batch of taken usage and answers how many facts it held. What is booked, and how far it goes, is one
 * commit: a process that ends at any moment begins again where the last commit stood, so each fact is booked once.
 */
export const priceUsage = (
  pool: LendingPool,
  now: () => number,
  { limit = BATCH, justTaken }: Readonly<{ limit?: number; justTaken?: JustTaken }> = {},
): Promise<number> =>
  inTransaction(pool, async (connection) => {
    const after = await position(connection);
    const batch = justTaken?.after(after, limit) ?? (await readTakenUsage(connection, after, limit));
    const last = batch.at(-1);
    if (last === undefined) return 0;
    const at = now();
    await book(connection, batch, at);
    await connection.query({
      name: 'move-progress',
      text: 'update billing.progress set position = $2 where process = $1',
      values: [PROCESS, String(last.position)],
    });
    return batch.length;
  });

/** Held until the transaction ends: batches follow one another, whoever prices them. */
const position = async (connection: SqlPool): Promise<bigint> => {
  await connection.query({
    name: 'begin-progress',
    text: 'insert into billing.progress (process, position) values ($1, 0) on conflict do nothing',
    values: [PROCESS],
  });
  const { rows } = await connection.query<{ position: string }>({
    name: 'hold-progress',
    text: 'select position from billing.progress where process = $1 for update',
    values: [PROCESS],
  });
  return BigInt(rows[0]?.position ?? 0);
};

const book = async (connection: SqlPool, batch: readonly TakenUsage[], at: number): Promise<void> => {
  const firstUse = new Map<string, number>();
  for (const { fact } of batch)
    firstUse.set(fact.workspaceId, Math.min(fact.fromMs, firstUse.get(fact.workspaceId) ?? Infinity));
  await ensureAccounts(
    connection,
    [...firstUse].map(([workspaceId, firstUseAt]) => ({ workspaceId, firstUseAt })),
    at,
  );
  const accounts = await readAccounts(connection, [...firstUse.keys()], 'held');
  const { additions, unpriced } = chargeUsage(
    await readRateBook(connection),
    (workspaceId) => accounts.get(workspaceId)?.openMonth,
    batch,
  );
  const ids = new Map(additions.map(({ key }) => [key, chargeIdOf(key)]));
  const chargeId = (key: string): string => ids.get(key) ?? chargeIdOf(key);
  const booked = await readQuantities(connection, [...ids.values()]);
  const known = new Map([...ids].map(([key, id]) => [key, booked.get(id) ?? 0n]));
  const first = batch[0]?.position ?? 0n;
  const { charges, entries } = bookUsage(
    known,
    additions,
    { chargeId, entryId: (workspaceId) => `usage-${first}-${workspaceId}` },
    at,
  );
  if (charges.length > 0) await writeCharges(connection, charges, booked, at);
  await writeEntries(connection, entries);
  await writeUnpriced(connection, unpriced);
  await writeCallUsage(connection, batch);
  await meterHolds(connection, batch);
};

const chargeIdOf = (key: string): string => `ch-${hash('sha256', key, 'hex').slice(0, 32)}`;

const writeUnpriced = async (connection: SqlPool, unpriced: readonly Unpriced[]): Promise<void> => {
  if (unpriced.length === 0) return;
  await connection.query({
    name: 'write-unpriced',
    text: `insert into billing.unpriced_usage (position, sku, source, workspace_id, at)
      select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[]) on conflict do nothing`,
    values: [
      unpriced.map(({ position: of }) => String(of)),
      unpriced.map(({ sku }) => sku),
      unpriced.map(({ source }) => source),
      unpriced.map(({ workspaceId }) => workspaceId),
      unpriced.map(({ at }) => at),
    ],
  });
};
