import { runQuietly } from '../terminal/run-quietly.ts';
import { findOnPath } from './find-on-path.ts';
import type { Installed } from './installed.ts';
import { versionIn } from './version.ts';

/** runc from PATH. */
export const findRunc = async (): Promise<Installed> => {
  const path = findOnPath('runc');
  const version = path && versionIn((await runQuietly(path, ['--version'])).output);
  if (!path || !version) throw new Error('no runc was found; install the package runc');
  return { path, version, source: 'on PATH' };
};
