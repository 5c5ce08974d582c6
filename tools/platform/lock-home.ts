import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, isAlive, type ProcessIdentity } from '../supervisor/process-identity.ts';
import type { Home } from './home.ts';
import { readJson } from './json-file.ts';

/** Keeps a second command from changing the same home at once. Returns how to let go. */
export const lockHome = (home: Home): (() => void) => {
  const lock = join(home.folder, 'lock');
  mkdirSync(home.folder, { recursive: true, mode: 0o700 });
  const holder = readJson<ProcessIdentity>(lock);
  if (holder && !isAlive(holder)) rmSync(lock, { force: true });
  else if (holder)
    throw new Error(`another command works on this platform now (process ${holder.pid}); wait for it`);
  writeFileSync(lock, JSON.stringify(identityOf(process.pid)), { flag: 'wx' });
  const release = (): void => rmSync(lock, { force: true });
  process.once('exit', release);
  return release;
};
