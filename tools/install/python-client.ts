import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLogged } from '../terminal/run-logged.ts';
import { runQuietly } from '../terminal/run-quietly.ts';
import { findPython } from './find-python.ts';
import { replaceFolder } from './replace-folder.ts';

export const clientVersion = '1.6.4';
export const testedClientVersions = ['1.5.4', '1.6.4'] as const;

export type Venv = Readonly<{ folder: string; clientVersion: string; requirements: string }>;

export const clientRequirements = join(import.meta.dirname, 'client-requirements.txt');
/** What the tests of one client version need: each version of the client has bounds of its own. */
export const testRequirements = (version: (typeof testedClientVersions)[number]): string =>
  join(import.meta.dirname, `test-requirements-${version}.txt`);

/** Makes the virtual environment with this version of the client, unless it stands already; true when it was made. */
export const installPythonClient = async (venv: Venv, log: string): Promise<boolean> => {
  if (await isInstalled(venv)) return false;
  const python = await findPython();
  if (!python)
    throw new Error('no Python 3.10 or newer with the venv module was found; install python3-venv');
  await replaceFolder(venv.folder, () => fill(venv, python, log));
  return true;
};

const fill = async (venv: Venv, python: string, log: string): Promise<void> => {
  await runLogged(python, ['-m', 'venv', venv.folder], { log });
  const pip = [
    '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--only-binary', ':all:', '--retries', '5',
    '-r', venv.requirements, `modal==${venv.clientVersion}`,
  ]; // prettier-ignore
  await runLogged(pythonOf(venv), pip, { log });
  await markInstalled(venv);
};

const pythonOf = ({ folder }: Venv): string => join(folder, 'bin/python');
const stampOf = ({ folder }: Venv): string => join(folder, '.slipway-installed');

/** Does it hold what it should, where it was made, for the Python that its link leads to now? */
export const isInstalled = async (venv: Venv): Promise<boolean> => {
  const stamp = stampOf(venv);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === (await contentOf(venv));
};

/** Notes that a virtual environment holds all that it should. */
export const markInstalled = async (venv: Venv): Promise<void> =>
  writeFileSync(stampOf(venv), await contentOf(venv));

/** Its programs name its folder, and its packages lie in a folder of the Python's version: both are part of it. */
const contentOf = async (venv: Venv): Promise<string> => {
  const version = await runQuietly(pythonOf(venv), ['-c', 'import sys; print(*sys.version_info[:2])']);
  return createHash('sha256')
    .update(`${venv.clientVersion}\n${readFileSync(clientRequirements)}${readFileSync(venv.requirements)}`)
    .update(`${venv.folder}\n${version.ok ? version.printed : 'no Python'}`)
    .digest('hex');
};
