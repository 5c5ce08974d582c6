import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../install/cache-folder.ts';
import { findPython } from '../../install/find-python.ts';
import { checkoutFolder } from '../../platform/home.ts';
import { runLogged } from '../../terminal/run-logged.ts';

const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--only-binary', ':all:'];

/** The interpreter of a virtual environment with these packages, kept in the user's cache. Throws where it cannot be made. */
export const venvWith = async (
  name: string,
  version: string,
  packages: readonly string[],
): Promise<string> => {
  const folder = cacheFolder(name, version);
  const python = join(folder, 'bin', 'python');
  const whole = join(folder, 'whole');
  if (existsSync(whole)) return python;
  const found = await findPython();
  if (!found) throw new Error('no Python with the venv module was found');
  const log = join(checkoutFolder, '.slipway-bench', 'logs', `${name}.log`);
  rmSync(folder, { recursive: true, force: true });
  await runLogged(found, ['-m', 'venv', folder], { log });
  await runLogged(python, [...pip, ...packages], { log });
  writeFileSync(whole, '');
  return python;
};
