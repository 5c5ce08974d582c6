import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runLogged } from '../terminal/run-logged.ts';
import { findPython } from './find-python.ts';

export const clientVersion = '1.6.4';
export const testedClientVersions = ['1.5.4', '1.6.4'] as const;

export type Venv = Readonly<{ folder: string; clientVersion: string; requirements: string }>;

export const clientRequirements = join(import.meta.dirname, 'client-requirements.txt');
/** What the tests of one client version need: each version of the client has bounds of its own. */
export const testRequirements = (version: (typeof testedClientVersions)[number]): string =>
  join(import.meta.dirname, `test-requirements-${version}.txt`);

/** Makes the virtual environment with this version of the client, unless it stands already; true when it was made. */
export const installPythonClient = async (venv: Venv, log: string): Promise<boolean> => {
  const stamp = join(venv.folder, '.slipway-installed');
  const wanted = createHash('sha256')
    .update(`${venv.clientVersion}\n${readFileSync(clientRequirements)}${readFileSync(venv.requirements)}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  const python = await findPython();
  if (!python)
    throw new Error('no Python 3.10 or newer with the venv module was found; install python3-venv');
  mkdirSync(venv.folder, { recursive: true });
  await runLogged(python, ['-m', 'venv', '--clear', venv.folder], { log });
  const pip = [
    '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--only-binary', ':all:', '--retries', '5',
    '-r', venv.requirements, `modal==${venv.clientVersion}`,
  ]; // prettier-ignore
  await runLogged(join(venv.folder, 'bin/python'), pip, { log });
  writeFileSync(stamp, wanted);
  return true;
};
