import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runQuietly } from '../terminal/run-quietly.ts';
import type { Say } from '../terminal/steps.ts';
import { addDebianPackages, canInstallPackages } from './debian-packages.ts';
import { findByPattern, findOnPath } from './find-on-path.ts';
import type { Installed } from './installed.ts';
import { isAtLeast, versionIn } from './version.ts';

const oldestPostgres = '14';

/** PostgreSQL's server programs: the newest of the machine that is new enough. `path` is their folder. */
export const findPostgres = async (): Promise<Installed> => {
  const found = (await postgresHere()).find(({ version }) => isAtLeast(version, oldestPostgres));
  if (found) return found;
  throw new Error(
    `no PostgreSQL ${oldestPostgres} or newer was found; install it, or name one by DATABASE_URL`,
  );
};

/**
 * The programs that can serve this data folder: where data is there, those of the version that made it, for no other
 * reads it; they are installed where they can be. Throws an error that says what to do where they cannot.
 */
export const postgresFor = async (dataFolder: string, log: string, say: Say): Promise<Installed> => {
  const major = majorOfData(dataFolder);
  if (major === undefined) return findPostgres();
  const kept = ofMajor(await postgresHere(), major);
  if (kept) return kept;
  const name = `postgresql-${major}`;
  say(name);
  // Debian may not have it, which is told below.
  if (canInstallPackages()) await addDebianPackages([name], log).catch(() => undefined);
  const added = ofMajor(await postgresHere(), major);
  if (added) return { ...added, source: 'installed' };
  throw new Error(
    `the data in ${dataFolder} is of PostgreSQL ${major}, whose server is not on this machine and could not be ` +
      `installed; install it (the package ${name}, of your system or of apt.postgresql.org) and try again. ` +
      'The data was left as it is',
  );
};

/** The major version that made a data folder; undefined where there is no data yet. */
export const majorOfData = (dataFolder: string): string | undefined => {
  if (!existsSync(dataFolder)) return undefined;
  const file = join(dataFolder, 'PG_VERSION');
  const major = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (/^\d+(\.\d+)?$/.test(major)) return major;
  throw new Error(
    `${file} does not say which version of PostgreSQL made the data there; restore it from a backup, or move ${dataFolder} away to begin with no data`,
  );
};

/** The programs of this major version among those found. */
export const ofMajor = (found: readonly Installed[], major: string): Installed | undefined =>
  found.find(({ version }) => version.split('.')[0] === major);

/** Every PostgreSQL server of this machine, the newest of Debian's first. */
const postgresHere = async (): Promise<Installed[]> => {
  const programs = [...findByPattern('/usr/lib/postgresql/*/bin/initdb'), findOnPath('initdb')];
  const asked = programs
    .filter((path) => path !== undefined)
    .map(async (initdb) => {
      const version = versionIn((await runQuietly(initdb, ['--version'])).output);
      return version === undefined ? [] : [{ path: dirname(initdb), version, source: 'on PATH' }];
    });
  return (await Promise.all(asked)).flat();
};
