import { readFileSync } from 'node:fs';
import { openLog, type OpenedLog } from '@slipway/event-store';
import type { Home } from '../../platform/home.ts';
import { waitUntilReady } from '../../platform/wait-until-ready.ts';
import { askSupervisor } from '../../supervisor/ask-supervisor.ts';

const schema = 'scheduler';
const readyMs = 60_000;

/** How many events the scheduler's log of record holds. */
export const schedulerLogLength = (home: Home): Promise<number> =>
  withLog(home, (opened) => opened.log.findEnd());

/** Starts the scheduler anew with an empty log: nothing that was deployed is known any more. */
export const emptySchedulerLog = async (home: Home): Promise<void> => {
  await askSupervisor(home.folder, { command: 'stop', name: 'scheduler' });
  await withLog(home, (opened) => opened.orm.em.getConnection().execute(`drop schema "${schema}" cascade`));
  await askSupervisor(home.folder, { command: 'start', name: 'scheduler' });
  await waitUntilReady(home, { wanted: () => true, timeoutMs: readyMs, say: () => undefined });
};

const withLog = async <T>(home: Home, work: (opened: OpenedLog) => Promise<T>): Promise<T> => {
  const databaseUrl = /DATABASE_URL='?([^'\n]+)/.exec(readFileSync(home.serversFile, 'utf8'))?.[1];
  if (databaseUrl === undefined) throw new Error(`${home.serversFile} names no DATABASE_URL`);
  const opened = await openLog({ databaseUrl, schema });
  try {
    return await work(opened);
  } finally {
    await opened.orm.close();
  }
};
