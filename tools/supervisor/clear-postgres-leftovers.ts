import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from './process-identity.ts';

const graceMs = 2_000;

/**
 * Makes way for a new postmaster after one was killed: waits until its backends have left the data folder (each
 * works inside it), ends those that stay, and removes a lock file whose process id now belongs to somebody else.
 * A lock file is never removed while anything still works in the folder, for it guards against two servers on one.
 */
export const clearPostgresLeftovers = async (dataFolder: string): Promise<void> => {
  const deadline = Date.now() + graceMs;
  for (let backends = processesIn(dataFolder); backends.length > 0; backends = processesIn(dataFolder)) {
    if (Date.now() > deadline) for (const pid of backends) killQuietly(pid);
    await sleep(20);
  }
  const lock = join(dataFolder, 'postmaster.pid');
  const holder = lockHolder(lock);
  if (holder !== undefined && identityOf(holder)) rmSync(lock, { force: true });
};

const processesIn = (folder: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 0 && workingFolder(pid) === folder && identityOf(pid));

const workingFolder = (pid: number): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
};

const lockHolder = (lock: string): number | undefined => {
  try {
    return Number(readFileSync(lock, 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
};

const killQuietly = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It left by itself in the meantime.
  }
};
