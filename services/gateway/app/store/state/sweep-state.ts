import { inTransaction, timeAwayMs, type LendingPool, type SqlPool } from '@slipway/event-store';
import { DICT_ENTRY_LIFE_MS, EPHEMERAL_LIFE_MS, useMark } from '@slipway/gateway-core';
import { QueuePartitions } from './queue-partitions.js';

/** Clients ask again for a minute or two; what they asked is kept this long. */
const RECEIPT_LIFE_MS = 10 * 60_000;
/** What was deleted is emptied when no request that began before can still write into it. */
const AFTER_DELETION_MS = 60_000;
const BATCH = 1_000;

/**
 * Removes what nobody can see any more: entries and partitions whose life is over, ephemeral and deleted objects, taken items,
 * and receipts. In small commits, and several processes may do it at once.
 */
export const sweepState = async (pool: LendingPool, at: number): Promise<void> => {
  await endEphemeral(pool, at);
  await repeat(() =>
    deleted(
      pool,
      `delete from gateway.dict_entries where (dict_id, key_hash) in (
    select dict_id, key_hash from gateway.dict_entries where used_at <= $1 limit ${BATCH} for update skip locked)`,
      [useMark(at) - DICT_ENTRY_LIFE_MS],
    ),
  );
  await repeat(() =>
    deleted(
      pool,
      `delete from gateway.dict_receipts where receipt_id in (
    select receipt_id from gateway.dict_receipts where at <= $1 limit ${BATCH} for update skip locked)`,
      [at - RECEIPT_LIFE_MS],
    ),
  );
  await repeat(() =>
    deleted(
      pool,
      `with over as (
      select receipt_id from gateway.queue_receipts where at <= $1 limit ${BATCH} for update skip locked),
    gone as (delete from gateway.queue_receipts r using over where r.receipt_id = over.receipt_id returning r.*),
    items as (delete from gateway.queue_items i using gone where i.queue_id = gone.queue_id
      and i.partition_key = gone.partition_key and i.seq >= gone.from_seq and i.seq < gone.to_seq)
    select 1 from gone`,
      [at - RECEIPT_LIFE_MS],
    ),
  );
  const partitions = new QueuePartitions(pool);
  await repeat(() => partitions.removeExpired(at, BATCH));
  await removeObjects(pool, at);
};

/**
 * Deletes the objects whose clients are silent. For as long as no gateway was there, or had no database, clients could not be heard:
 * their objects live that much longer, and never longer than after a heartbeat.
 */
const endEphemeral = (pool: LendingPool, at: number): Promise<void> =>
  inTransaction(pool, async (connection) => {
    const awayMs = await timeAwayMs(connection, 'gateway', at);
    if (awayMs > 0)
      await connection.query({
        text: `update gateway.state_objects set expires_at = greatest(expires_at, least(expires_at + $1, $2))
          where expires_at is not null and deleted_at is null`,
        values: [awayMs, at + EPHEMERAL_LIFE_MS],
      });
    await connection.query({
      text: `update gateway.state_objects set deleted_at = $1
        where coalesce(deleted_at, expires_at) <= $1 and expires_at is not null and deleted_at is null`,
      values: [at],
    });
  });

const removeObjects = async (pool: SqlPool, at: number): Promise<void> => {
  const { rows } = await pool.query<{ object_id: string }>({
    text: `select object_id from gateway.state_objects where coalesce(deleted_at, expires_at) <= $1
        and deleted_at is not null limit ${BATCH}`,
    values: [at - AFTER_DELETION_MS],
  });
  for (const { object_id } of rows) {
    await repeat(() =>
      deleted(
        pool,
        `delete from gateway.dict_entries where dict_id = $1 and key_hash in (
      select key_hash from gateway.dict_entries where dict_id = $1 limit ${BATCH} for update skip locked)`,
        [object_id],
      ),
    );
    await pool.query({
      text: `update gateway.queue_partitions set expires_at = 0 where queue_id = $1`,
      values: [object_id],
    });
    await repeat(() => new QueuePartitions(pool).removeExpired(at, BATCH));
    await pool.query({
      text: `delete from gateway.state_objects where object_id = $1`,
      values: [object_id],
    });
  }
};

const deleted = async (pool: SqlPool, text: string, values: readonly unknown[]): Promise<number> =>
  (await pool.query({ text, values })).rowCount ?? 0;

/** Batch after batch until one is not full. */
const repeat = async (batch: () => Promise<number>): Promise<void> => {
  while ((await batch()) === BATCH);
};
