import { existsSync, readdirSync } from 'node:fs';

// Installed once for the checkout (the client half so, where that was broken off), or an operator's own, or a disk's.
const KEPT: ReadonlySet<string> = new Set([
  'bin',
  'client',
  'client.before',
  'client.old',
  'test-venvs',
  'node-compile-cache',
  'lock',
  'settings.env',
  'lost+found',
]);

/** All that a platform makes in its folder beside those; the secrets tell its folder from another, and go last. */
const MADE = [
  'data',
  'docker.json',
  'env',
  'logs',
  'npm-ci.lock',
  'ports.json',
  'run',
  'servers.env',
  'supervisor.sock',
  'test-logs',
  'secrets.json',
];

/** What is in a platform's folder: what it `made`, in the order in which that may go, and whatever is `foreign` to it. */
export type HomeContents = Readonly<{ made: readonly string[]; foreign: readonly string[] }>;

/** Half-written files are named as `ports.json.123.draft`, a lock that is set aside as `lock.123`. */
const placeOf = (entry: string): number =>
  /^lock\.\d+$/.test(entry) ? 0 : MADE.indexOf(entry.replace(/\.\d+\.draft$/, ''));

/** Throws where the folder is no platform's: it holds something foreign, and no secrets of a platform. */
export const readHomeContents = (folder: string): HomeContents => {
  const entries = existsSync(folder) ? readdirSync(folder).filter((entry) => !KEPT.has(entry)) : [];
  const foreign = entries.filter((entry) => placeOf(entry) < 0).toSorted();
  if (foreign.length > 0 && !entries.includes('secrets.json'))
    throw new Error(
      `${folder} is no platform's folder: it has ${foreign[0]} and no secrets.json; nothing was changed there. SLIPWAY_HOME says which folder is meant`,
    );
  const made = entries.filter((entry) => placeOf(entry) >= 0).toSorted((a, b) => placeOf(a) - placeOf(b));
  return { made, foreign };
};
