import { readFileSync } from 'node:fs';
import { openLog } from '@slipway/event-store';
import type { Home } from '../../platform/home.ts';

/** How many events the scheduler's log of record holds. */
export const schedulerLogLength = async (home: Home): Promise<number> => {
  const databaseUrl = /DATABASE_URL='?([^'\n]+)/.exec(readFileSync(home.serversFile, 'utf8'))?.[1];
  if (databaseUrl === undefined) throw new Error(`${home.serversFile} names no DATABASE_URL`);
  const opened = await openLog({ databaseUrl, schema: 'scheduler' });
  try {
    return await opened.log.findEnd();
  } finally {
    await opened.orm.close();
  }
};
