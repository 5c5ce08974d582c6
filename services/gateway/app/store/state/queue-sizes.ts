import type { SqlPool } from '@slipway/event-store';

export type QueueSize = Readonly<{ partitions: number; items: number }>;

/** How much is in queues, by queue; those that hold nothing are left out. It looks at all partitions: for statistics alone. */
export const queueSizes = async (
  connection: SqlPool,
  queueIds: readonly string[],
  at: number,
): Promise<ReadonlyMap<string, QueueSize>> => {
  const { rows } = await connection.query<{ queue_id: string; partitions: string; items: string }>({
    text: `select queue_id, count(*) as partitions, sum(tail - head) as items from gateway.queue_partitions
      where queue_id = any ($1) and expires_at > $2 and head < tail group by queue_id`,
    values: [queueIds, at],
  });
  return new Map(
    rows.map((row) => [row.queue_id, { partitions: Number(row.partitions), items: Number(row.items) }]),
  );
};
