import type { SqlPool } from '@slipway/event-store';

/** A container that was asked for while its app or its call still went on may open its secrets this long. */
const AFTER_USE_MS = 7 * 24 * 60 * 60_000;

/** Removes nameless secrets: of apps that have stopped, and of calls (sandboxes) whose input has finished. */
export const sweepSecrets = async (pool: SqlPool, at: number): Promise<void> => {
  await pool.query({
    text: `delete from gateway.secrets s
      where s.name is null and coalesce(s.last_used_at, s.created_at) < $1 and (
        exists (select 1 from gateway.activity_apps a
          where a.id = s.app_id and a.state = 'stopped' and a.stopped_at < $1)
        or exists (select 1 from gateway.activity_calls c
          where c.id = s.call_id and c.succeeded + c.failed > 0 and c.last_output_at < $1))`,
    values: [at - AFTER_USE_MS],
  });
};
