import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, isAlive, type ProcessIdentity } from '../supervisor/process-identity.ts';
import type { Home } from './home.ts';

/**
 * Keeps a second command from changing the same home at once. Returns how to let go.
 * The lock is a symbolic link to its holder: made in one step, so nobody sees half of it, and also on a full disk.
 */
export const lockHome = (home: Home): (() => void) => {
  const lock = join(home.folder, 'lock');
  for (const folder of [home.folder, home.toolbox]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  clearStaleLock(lock);
  const { pid, startTicks } = identityOf(process.pid)!;
  try {
    symlinkSync(`${pid}:${startTicks}`, lock);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? busy(liveHolder(lock)) : error;
  }
  const release = (): void => {
    process.removeListener('exit', release);
    rmSync(lock, { force: true });
  };
  process.once('exit', release);
  return release;
};

/** Removes the lock of a holder that is no more, and what names nobody. Throws where the holder lives. */
const clearStaleLock = (lock: string): void => {
  const holder = liveHolder(lock);
  if (holder) throw busy(holder);
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Another command may have found the lock stale too, and have put its own there before it was set aside.
  const other = liveHolder(aside);
  if (!other) return rmSync(aside);
  renameSync(aside, lock);
  throw busy(other);
};

const liveHolder = (lock: string): ProcessIdentity | undefined => {
  const [pid, startTicks = ''] = linkedFrom(lock).split(':');
  const holder = { pid: Number(pid), startTicks };
  return isAlive(holder) ? holder : undefined;
};

const linkedFrom = (lock: string): string => {
  try {
    return readlinkSync(lock);
  } catch {
    return '';
  }
};

const busy = (holder: ProcessIdentity | undefined): Error =>
  new Error(
    `another command works on this platform now${holder ? ` (process ${holder.pid})` : ''}; wait for it`,
  );
