import type { SqlPool } from '@slipway/event-store';
import type { Instant } from '@slipway/kernel';

const OVER = [
  [
    'calls',
    `created_at < $1 and coalesce(greatest(last_output_at, cancelled_at), created_at) < $1
      and (cancelled_at is not null or succeeded + failed >= inputs)`,
  ],
  // Of one whose beginning was never told: what came later made a row of it once, which no list shows.
  ['calls', 'created_at is null and coalesce(greatest(last_output_at, cancelled_at), 0) < $1'],
  ['tasks', 'created_at < $1 and ended_at < $1'],
] as const;
/** So few at once that no statement holds others up. */
const BATCH = 10_000;

/** Removes calls and containers that were over by then from the read model; the log of record keeps them. */
export const forgetOldActivity = async (pool: SqlPool, overBy: Instant, batch = BATCH): Promise<void> => {
  for (const [table, isOver] of OVER)
    for (;;) {
      const { rowCount } = await pool.query({
        text: `delete from gateway.activity_${table} where id in
          (select id from gateway.activity_${table} where ${isOver}
            order by created_at limit ${batch} for update skip locked)`,
        values: [overBy],
      });
      if ((rowCount ?? 0) < batch) break;
    }
};
