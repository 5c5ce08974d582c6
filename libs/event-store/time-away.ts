import type { SqlPool } from './database.js';

/** Heartbeats are judged so often; where they were not for twice as long, nobody was there to hear any. */
const EVERY_MS = 60_000;

/** Where a service keeps when it last judged heartbeats. */
export const timeAwayTable = (schema: string): string => `
  create table ${schema}.last_heard (at bigint not null);
  insert into ${schema}.last_heard values (0)`;

/**
 * How long, in milliseconds, heartbeats could not be heard until `at`, the moment of this look: 0 where the last look was a short
 * while ago. To be asked in the transaction that makes good for it: of several processes one counts a time, and it is counted once.
 */
export const timeAwayMs = async (connection: SqlPool, schema: string, at: number): Promise<number> => {
  const { rows } = await connection.query<{ at: string }>({
    text: `select at from ${schema}.last_heard for update`,
  });
  await connection.query({ text: `update ${schema}.last_heard set at = greatest(at, $1)`, values: [at] });
  const silenceMs = at - Number(rows[0]?.at ?? at);
  return silenceMs > 2 * EVERY_MS ? silenceMs - EVERY_MS : 0;
};
