import { isUniqueViolation, type SqlPool } from '@slipway/event-store';
import { itemsInAnswer } from '@slipway/gateway-core';
import { OneAtATime } from './one-at-a-time.js';
import type { Partition } from './queue-partitions.js';

export type QueueTake = Partition & Readonly<{ most: number; receiptId: string; at: number }>;
export type QueuePeek = Partition & Readonly<{ after?: number; most: number; at: number }>;
export type QueueItem = Readonly<{ seq: number; value: Buffer }>;

/** Items by number: from the first up to, and without, the last. */
type Range = Readonly<{ from: number; to: number }>;

/** So many items of the largest size fit in an answer. */
const SURELY_FIT = 64;

/**
 * What goes out of queues. A take moves the partition's head and writes a receipt in one commit, so that an item goes to
 * one request only, and to that request again when it is asked again.
 */
export class QueueItems {
  private readonly turns = new OneAtATime();

  constructor(private readonly pool: SqlPool) {}

  /** The oldest items, at most so many and as many as fit in an answer; none where there are none. */
  take(take: QueueTake): Promise<Buffer[]> {
    return this.turns.run(`${take.queueId}/${take.partition.toString('hex')}`, async () => {
      for (;;) {
        const before = await this.takenBefore(take.receiptId);
        if (before) return (await this.read(take, before)).map((item) => item.value);
        const there = await this.itemsThere(take);
        if (there === undefined) return [];
        const range = { from: there.from, to: Math.min(there.to, there.from + take.most) };
        const items = await this.read(take, await this.fitting(take, range));
        const last = items.at(-1);
        if (last && (await this.move(take, { from: range.from, to: last.seq + 1 })))
          return items.map((item) => item.value);
      }
    });
  }

  /** Undoes a take whose answer nobody reads, unless it was asked again or a later item went out. */
  async giveBack(receiptId: string): Promise<void> {
    await this.pool.query({
      text: `with receipt as (
          select * from gateway.queue_receipts where receipt_id = $1 and not asked_again for update),
        back as (
          update gateway.queue_partitions p set head = receipt.from_seq from receipt
          where p.queue_id = receipt.queue_id and p.partition_key = receipt.partition_key and p.head = receipt.to_seq
          returning 1)
        delete from gateway.queue_receipts where receipt_id = $1 and exists (select from back)`,
      values: [receiptId],
    });
  }

  /** The oldest items after `after`, which stay where they are; as many as fit in an answer. */
  async peek(peek: QueuePeek): Promise<QueueItem[]> {
    const there = await this.itemsThere(peek);
    if (there === undefined) return [];
    const from = Math.max(there.from, (peek.after ?? -1) + 1);
    const to = Math.min(there.to, from + peek.most);
    return from < to ? this.read(peek, await this.fitting(peek, { from, to })) : [];
  }

  private async itemsThere({
    queueId,
    partition,
    at,
  }: Partition & { at: number }): Promise<Range | undefined> {
    const { rows } = await this.pool.query<{ head: string; tail: string }>({
      name: 'queue-items-there',
      text: `select head, tail from gateway.queue_partitions
        where queue_id = $1 and partition_key = $2 and expires_at > $3 and head < tail`,
      values: [queueId, partition, at],
    });
    return rows[0] && { from: Number(rows[0].head), to: Number(rows[0].tail) };
  }

  private async fitting({ queueId, partition }: Partition, { from, to }: Range): Promise<Range> {
    if (to - from <= SURELY_FIT) return { from, to };
    const { rows } = await this.pool.query<{ bytes: number }>({
      text: `select octet_length(value) as bytes from gateway.queue_items
        where queue_id = $1 and partition_key = $2 and seq >= $3 and seq < $4 order by seq`,
      values: [queueId, partition, from, to],
    });
    return { from, to: from + itemsInAnswer(rows.map((row) => row.bytes)) };
  }

  private async read({ queueId, partition }: Partition, { from, to }: Range): Promise<QueueItem[]> {
    const { rows } = await this.pool.query<{ seq: string; value: Buffer }>({
      name: 'read-queue-items',
      text: `select seq, value from gateway.queue_items
        where queue_id = $1 and partition_key = $2 and seq >= $3 and seq < $4 order by seq`,
      values: [queueId, partition, from, to],
    });
    return rows.map((row) => ({ seq: Number(row.seq), value: row.value }));
  }

  /** Whether the items are now this request's: false where a rival of another process was first. */
  private async move(
    { queueId, partition, receiptId, at }: QueueTake,
    { from, to }: Range,
  ): Promise<boolean> {
    try {
      const { rows } = await this.pool.query({
        name: 'take-queue-items',
        text: `with moved as (
            update gateway.queue_partitions set head = $4
            where queue_id = $1 and partition_key = $2 and head = $3 and expires_at > $6 returning 1)
          insert into gateway.queue_receipts (receipt_id, queue_id, partition_key, from_seq, to_seq, at)
          select $5, $1, $2, $3, $4, $6 from moved returning receipt_id`,
        values: [queueId, partition, from, to, receiptId, at],
      });
      return rows.length > 0;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** What an earlier attempt of the same request took. */
  private async takenBefore(receiptId: string): Promise<Range | undefined> {
    const { rows } = await this.pool.query<{ from_seq: string; to_seq: string }>({
      name: 'queue-items-taken-before',
      text: `update gateway.queue_receipts set asked_again = true where receipt_id = $1 returning from_seq, to_seq`,
      values: [receiptId],
    });
    return rows[0] && { from: Number(rows[0].from_seq), to: Number(rows[0].to_seq) };
  }
}
