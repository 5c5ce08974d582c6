import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../../../.slipway/test-venvs/focus-validator');
const requirements = join(here, 'public-validator-requirements.txt');

/** The FinOps Foundation's validator, made once; undefined, with the reason told, where it does not install. */
export const publicValidator = (): string | undefined => {
  const stamp = join(folder, '.slipway-installed');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    try {
      rmSync(folder, { recursive: true, force: true });
      execFileSync('python3', ['-m', 'venv', folder], { stdio: 'pipe' });
      const pip = ['-m', 'pip', 'install', '--quiet', '--requirement', requirements];
      execFileSync(join(folder, 'bin/python'), pip, { stdio: 'pipe' });
    } catch (error) {
      process.stderr.write(`the public validator of FOCUS does not install here: ${String(error)}\n`);
      return undefined;
    }
    writeFileSync(stamp, wanted);
  }
  return join(folder, 'bin/focus-validator');
};

/** The newest version of FOCUS that it knows. */
const VERSION = '1.0';

/** The rules that it finds broken in a CSV file, by their names. */
export const brokenRules = (validator: string, csv: string): readonly string[] => {
  const said = execFileSync(validator, ['--data-file', csv, '--validate-version', VERSION], {
    encoding: 'utf8',
  });
  const broken = [...said.matchAll(/^(\w+) failed:$/gm)].map(([, rule = '']) => rule);
  if (broken.length === 0 && !said.includes('Validation succeeded'))
    throw new Error(`the validator says neither that rules are kept nor which are not: ${said}`);
  return broken.toSorted();
};
