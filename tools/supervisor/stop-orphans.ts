import { setTimeout as sleep } from 'node:timers/promises';
import { readPidFiles, removePidFile, type PidRecord } from './pid-files.ts';
import { isAlive } from './process-identity.ts';
import { signalGroup } from './signal-group.ts';
import { stopOrder } from './stop-order.ts';

/** Stops what a supervisor that was killed left running, and returns the names. */
export const stopOrphans = async (runFolder: string): Promise<string[]> => {
  const records = readPidFiles(runFolder);
  const orphans = records.filter(isAlive);
  for (const group of stopOrder(orphans)) await Promise.all(group.map(stopOne));
  for (const { name } of records) removePidFile(runFolder, name);
  return orphans.map(({ name }) => name);
};

const stopOne = async (orphan: PidRecord): Promise<void> => {
  process.kill(orphan.pid, orphan.stopSignal);
  const deadline = Date.now() + orphan.stopMs;
  while (isAlive(orphan)) {
    if (Date.now() > deadline) signalGroup(orphan.pid, 'SIGKILL');
    await sleep(20);
  }
};
