import type { SqlPool } from '@slipway/event-store';
import type { Instant } from '@slipway/kernel';

/** A day more than the longest time over which a client may ask for metrics. */
const KEPT_MS = 32 * 24 * 3_600_000;
/** So few at once that no statement holds others up. */
const BATCH = 10_000;

/** Removes inputs that nobody can ask about any more from the read model; the log of record keeps them. */
export const forgetOldInputs = async (pool: SqlPool, at: Instant): Promise<void> => {
  for (;;) {
    const { rowCount } = await pool.query({
      text: `delete from gateway.activity_inputs where id in
        (select id from gateway.activity_inputs where queued_at < $1 limit ${BATCH})`,
      values: [at - KEPT_MS],
    });
    if ((rowCount ?? 0) < BATCH) return;
  }
};
