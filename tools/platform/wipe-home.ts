import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.ts';
import { readHomeContents } from './home-contents.ts';
import { mountsBelow } from './mounts-below.ts';

export type Wiped = Readonly<{ removed: readonly string[]; left: readonly string[] }>;

/**
 * Removes all data of a stopped platform, and returns what it was and what is left because no platform made it.
 * Refuses while something is mounted below it, and a folder that is no platform's.
 */
export const wipeHome = (home: Home): Wiped => {
  const mounted = mountsBelow(home.folder, readFileSync('/proc/self/mounts', 'utf8'));
  if (mounted.length > 0)
    throw new Error(`${mounted[0]} is still mounted; unmount it before the data is removed`);
  const { made, foreign } = readHomeContents(home.folder);
  for (const name of made) rmSync(join(home.folder, name), { recursive: true, force: true });
  return { removed: made, left: foreign };
};
