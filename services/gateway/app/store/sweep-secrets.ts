import type { SqlPool } from '@slipway/event-store';

/** A container that was asked for while its app or its call still went on may open its secrets this long. */
const AFTER_USE_MS = 7 * 24 * 60 * 60_000;

/** A call that is not in the list was refused, or was over long ago. */
const isOver = (appId: string, callId: string): string => `(
  exists (select 1 from gateway.activity_apps a
    where a.id = ${appId} and a.state = 'stopped' and a.stopped_at < $1)
  or ${callId} like 'fc-%' and not exists (select 1 from gateway.activity_calls c
    where c.id = ${callId} and (c.succeeded + c.failed = 0 or c.last_output_at >= $1)))`;

/**
 * Removes nameless secrets: of apps that have stopped, of calls (sandboxes) whose input has finished, and those that were made for
 * neither, once nothing uses them that goes on.
 */
export const sweepSecrets = async (pool: SqlPool, at: number): Promise<void> => {
  const values = [at - AFTER_USE_MS];
  await pool.query({
    text: `delete from gateway.secret_uses u where u.used_at < $1 and ${isOver('u.used_by', 'u.used_by')}`,
    values,
  });
  await pool.query({
    text: `delete from gateway.secrets s
      where s.name is null and coalesce(s.last_used_at, s.created_at) < $1 and (
        ${isOver('s.app_id', 's.call_id')}
        or s.app_id = '' and s.call_id is null
          and not exists (select 1 from gateway.secret_uses u where u.secret_id = s.secret_id))`,
    values,
  });
};
