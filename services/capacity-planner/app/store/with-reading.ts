import { openDatabase, poolOf, type LendingPool } from '@slipway/event-store';
import { SCHEMA } from './open-store.js';

/** Lends connections of its own to the planner's tables, as they are, for as long as `read` takes: a thread shares none with its process. */
export const withReading = async <Answer>(
  databaseUrl: string,
  read: (pool: LendingPool) => Promise<Answer>,
): Promise<Answer> => {
  const orm = await openDatabase({ databaseUrl, schema: SCHEMA });
  try {
    return await read(await poolOf(orm));
  } finally {
    await orm.close();
  }
};
