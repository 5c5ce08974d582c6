import { join } from 'node:path';
import { findRunc } from '../../install/runc.ts';
import { installRunsc } from '../../install/runsc.ts';
import type { Home } from '../../platform/home.ts';
import type { Runtime } from './own-container.ts';

/** The runtimes that the platform uses, for containers without it. */
export const findRuntimes = async (home: Home): Promise<Readonly<{ runsc: Runtime; runc: Runtime }>> => {
  const log = join(home.logs, 'install.log');
  const runsc = await installRunsc(home.clientVenv, log, () => undefined);
  return {
    runsc: { name: 'runsc', path: runsc.path },
    runc: { name: 'runc', path: (await findRunc()).path },
  };
};
