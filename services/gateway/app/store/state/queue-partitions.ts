import { isUniqueViolation, type SqlPool } from '@slipway/event-store';
import { accepted, RefusedError } from '@slipway/kernel';
import { MOST_ITEMS, MOST_PARTITIONS, queueFull, tooManyPartitions } from '@slipway/gateway-core';

export type Partition = Readonly<{ queueId: string; partition: Buffer }>;

export type QueuePut = Partition &
  Readonly<{ values: readonly Buffer[]; lifeMs: number; receiptId: string; at: number }>;

/** A partition that is made anew begins above all that it ever held: more than this many puts a millisecond cannot be. */
const NUMBERS_PER_MS = 1_000;

/** What comes into queues, and how much is in them. */
export class QueuePartitions {
  constructor(private readonly pool: SqlPool) {}

  /** Puts all values or none, once for each receipt. Throws RefusedError where there is no room. */
  async put(put: QueuePut): Promise<void> {
    if (put.values.length === 0) return;
    try {
      while (!(await this.append(put))) await this.makeRoom(put);
    } catch (error) {
      // The receipt is there: an earlier attempt of this request has put them.
      if (!isUniqueViolation(error)) throw error;
    }
  }

  async size({ queueId, partition }: Partition, at: number): Promise<number> {
    const { rows } = await this.pool.query<{ size: string }>({
      text: `select tail - head as size from gateway.queue_partitions
        where queue_id = $1 and partition_key = $2 and expires_at > $3`,
      values: [queueId, partition, at],
    });
    return Number(rows[0]?.size ?? 0);
  }

  /** Of all partitions of a queue. */
  async total(queueId: string, at: number): Promise<number> {
    const { rows } = await this.pool.query<{ size: string }>({
      text: `select coalesce(sum(tail - head), 0) as size from gateway.queue_partitions
        where queue_id = $1 and expires_at > $2`,
      values: [queueId, at],
    });
    return Number(rows[0]?.size ?? 0);
  }

  /** Empties one partition, or all. The items go the way of taken ones: the sweep removes them. */
  async clear(queueId: string, partition: Buffer | 'all', receiptId: string, at: number): Promise<void> {
    await this.pool.query({
      text: `with old as (
          select partition_key, head, tail from gateway.queue_partitions
          where queue_id = $1 and ($2::bytea is null or partition_key = $2) and head < tail
          order by partition_key for update),
        emptied as (
          update gateway.queue_partitions p set head = old.tail from old
          where p.queue_id = $1 and p.partition_key = old.partition_key returning old.*)
        insert into gateway.queue_receipts (receipt_id, queue_id, partition_key, from_seq, to_seq, at)
        select $3 || encode(partition_key, 'hex'), $1, partition_key, head, tail, $4 from emptied
        on conflict do nothing`,
      values: [queueId, partition === 'all' ? null : partition, `${receiptId}/`, at],
    });
  }

  /** Whether there was room in a living partition. */
  private async append({ queueId, partition, values, lifeMs, receiptId, at }: QueuePut): Promise<boolean> {
    const { rows } = await this.pool.query({
      name: 'put-queue-items',
      text: `with grown as (
          update gateway.queue_partitions set tail = tail + $3, expires_at = $4
          where queue_id = $1 and partition_key = $2 and expires_at > $5 and tail - head + $3 <= ${MOST_ITEMS}
          returning tail),
        put as (
          insert into gateway.queue_items (queue_id, partition_key, seq, value)
          select $1, $2, tail - $3 + nth - 1, value
          from grown, unnest($6::bytea[]) with ordinality as given (value, nth))
        insert into gateway.queue_receipts (receipt_id, queue_id, partition_key, from_seq, to_seq, at)
        select $7, $1, $2, 0, 0, $5 from grown returning receipt_id`,
      values: [queueId, partition, values.length, at + lifeMs, at, values, receiptId],
    });
    return rows.length > 0;
  }

  /** Makes the partition where there is none or its life is over; else it is full. */
  private async makeRoom({ queueId, partition, values, lifeMs, receiptId, at }: QueuePut): Promise<void> {
    const { rows } = await this.pool.query<{ size: string; over: boolean; put: boolean }>({
      text: `select tail - head as size, expires_at <= $3 as over,
          exists (select from gateway.queue_receipts where receipt_id = $4) as put
        from gateway.queue_partitions where queue_id = $1 and partition_key = $2`,
      values: [queueId, partition, at, receiptId],
    });
    const [found] = rows;
    if (found?.put) throw Object.assign(new Error('put before'), { code: '23505' });
    if (found && !found.over && Number(found.size) + values.length > MOST_ITEMS)
      throw new RefusedError(queueFull(Number(found.size)));
    if (found?.over) await this.removeExpired(at, 1, { queueId, partition });
    if (found === undefined && (await this.countPartitions(queueId)) >= MOST_PARTITIONS)
      accepted(tooManyPartitions());
    const first = at * NUMBERS_PER_MS;
    await this.pool.query({
      text: `insert into gateway.queue_partitions (queue_id, partition_key, head, tail, expires_at)
        values ($1, $2, $3, $3, $4) on conflict do nothing`,
      values: [queueId, partition, first, at + lifeMs],
    });
  }

  /** Removes partitions whose life is over, with their items. How many there were. */
  async removeExpired(at: number, most: number, only?: Partition): Promise<number> {
    const { rows } = await this.pool.query({
      text: `with over as (
          select queue_id, partition_key from gateway.queue_partitions
          where expires_at <= $1 and ($3::text is null or (queue_id = $3 and partition_key = $4))
          limit $2 for update skip locked),
        gone as (
          delete from gateway.queue_partitions p using over
          where p.queue_id = over.queue_id and p.partition_key = over.partition_key returning p.queue_id, p.partition_key),
        items as (
          delete from gateway.queue_items i using gone
          where i.queue_id = gone.queue_id and i.partition_key = gone.partition_key)
        select 1 from gone`,
      values: [at, most, only?.queueId ?? null, only?.partition ?? null],
    });
    return rows.length;
  }

  private async countPartitions(queueId: string): Promise<number> {
    const { rows } = await this.pool.query<{ count: string }>({
      text: `select count(*) from (
        select 1 from gateway.queue_partitions where queue_id = $1 limit ${MOST_PARTITIONS}) counted`,
      values: [queueId],
    });
    return Number(rows[0]?.count ?? 0);
  }
}
