import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.ts';
import { mountsBelow } from './mounts-below.ts';

// Installed once for the checkout, or an operator's own; data is all the rest.
const kept = new Set(['bin', 'client', 'test-venvs', 'node-compile-cache', 'lock', 'settings.env']);

/** What may be there before a first start has come so far as to make the secrets. */
const beforeSecrets = new Set(['logs', 'npm-ci.lock', 'ports.json', 'servers.env', 'run', 'data']);

/** Removes all data of a stopped platform, and returns what it was. Refuses while something is mounted below it, and a folder that is no platform's. */
export const wipeHome = (home: Home): string[] => {
  const mounted = mountsBelow(home.folder, readFileSync('/proc/self/mounts', 'utf8'));
  if (mounted.length > 0)
    throw new Error(`${mounted[0]} is still mounted; unmount it before the data is removed`);
  const removed = readdirSync(home.folder).filter((name) => !kept.has(name));
  const stranger = removed.find((name) => !beforeSecrets.has(name));
  if (stranger !== undefined && !removed.includes('secrets.json'))
    throw new Error(
      `${home.folder} is no platform's folder: it has ${stranger} and no secrets.json; nothing was removed. SLIPWAY_HOME says which folder is meant`,
    );
  for (const name of removed) rmSync(join(home.folder, name), { recursive: true, force: true });
  return removed;
};
