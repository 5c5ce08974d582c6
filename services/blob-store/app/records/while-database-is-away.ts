import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseAway } from '@slipway/event-store';

const PAUSE_MS = 100;
/** Longer than PostgreSQL needs to come back after a crash, shorter than a client waits. */
const PATIENCE_MS = 60_000;

/** Asks again as long as the database is away. Only for statements that may be repeated. */
export const whileDatabaseIsAway = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > until) throw error;
      await pause(PAUSE_MS);
    }
  }
};
