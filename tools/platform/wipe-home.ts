import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.ts';
import { mountsBelow } from './mounts-below.ts';

// Installed once for the checkout; data is all the rest.
const kept = new Set(['bin', 'client', 'test-venvs', 'node-compile-cache', 'lock']);

/** Removes all data of a stopped platform, and returns what it was. Refuses while something is mounted below it. */
export const wipeHome = (home: Home): string[] => {
  const mounted = mountsBelow(home.folder, readFileSync('/proc/self/mounts', 'utf8'));
  if (mounted.length > 0)
    throw new Error(`${mounted[0]} is still mounted; unmount it before the data is removed`);
  const removed = readdirSync(home.folder).filter((name) => !kept.has(name));
  for (const name of removed) rmSync(join(home.folder, name), { recursive: true, force: true });
  return removed;
};
