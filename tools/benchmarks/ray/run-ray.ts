import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../install/cache-folder.ts';
import { findPython } from '../../install/find-python.ts';
import { checkoutFolder } from '../../platform/home.ts';
import { runLogged } from '../../terminal/run-logged.ts';
import { runPython } from '../client/run-program.ts';

const rayVersion = '2.60.0';

export type RayCounts = Readonly<{ warmUps: number; calls: number; inputs: number }>;
export type RayNumbers = Readonly<{ samplesMs: readonly number[]; seconds: number | null }>;

/** Runs Ray's no-op task on this machine, installed first where it is not there. Throws where it cannot be. */
export const runRay = async (counts: RayCounts): Promise<RayNumbers> => {
  const python = await installRay();
  const environment = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: process.env['HOME'] ?? '/root',
    RAY_USAGE_STATS_ENABLED: '0',
    RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO: '0',
  };
  return runPython<RayNumbers>(
    'ray_noop.py',
    [counts.warmUps, counts.calls, counts.inputs],
    environment,
    python,
  );
};

const installRay = async (): Promise<string> => {
  const folder = cacheFolder('ray', rayVersion);
  const python = join(folder, 'bin', 'python');
  if (existsSync(join(folder, 'bin', 'ray'))) return python;
  const found = await findPython();
  if (!found) throw new Error('no Python with the venv module was found');
  const log = join(checkoutFolder, '.slipway-bench', 'logs', 'ray.log');
  await runLogged(found, ['-m', 'venv', '--clear', folder], { log });
  const words = [
    '-m',
    'pip',
    'install',
    '--disable-pip-version-check',
    '--no-input',
    '--only-binary',
    ':all:',
  ];
  await runLogged(python, [...words, `ray==${rayVersion}`], { log });
  return python;
};
