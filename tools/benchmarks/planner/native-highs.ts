import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinearProgram } from '@slipway/capacity-planner-core';
import { cacheFolder } from '../../install/cache-folder.ts';
import { findPython } from '../../install/find-python.ts';
import { checkoutFolder } from '../../platform/home.ts';
import { runLogged } from '../../terminal/run-logged.ts';
import { runPython } from '../client/run-program.ts';

const scipyVersion = '1.16.3';

export type NativeHighs = Readonly<{
  /** How long the native library takes for the same program, without reading it in. */
  seconds: (program: LinearProgram, relativeGap: number, timeLimitMs: number) => Promise<number>;
}>;

/** HiGHS as it comes with scipy, installed first where it is not there. */
export const nativeHighs = async (): Promise<NativeHighs> => {
  const python = await installScipy();
  return {
    seconds: async (program, relativeGap, timeLimitMs) => {
      const folder = await mkdtemp(join(tmpdir(), 'slipway-program-'));
      try {
        await writeProgram(folder, program);
        const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', OMP_NUM_THREADS: '1' };
        const found = await runPython<{ seconds: number }>(
          'solve_program.py',
          [folder, relativeGap, timeLimitMs / 1000],
          environment,
          python,
        );
        return found.seconds;
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
};

const writeProgram = async (folder: string, program: LinearProgram): Promise<void> => {
  const { columns, rows, offset, ...arrays } = program;
  await writeFile(join(folder, 'shape.json'), JSON.stringify({ columns, rows, offset }));
  for (const [name, values] of Object.entries(arrays))
    await writeFile(join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
};

const installScipy = async (): Promise<string> => {
  const folder = cacheFolder('scipy', scipyVersion);
  const python = join(folder, 'bin', 'python');
  if (existsSync(join(folder, 'installed'))) return python;
  const found = await findPython();
  if (!found) throw new Error('no Python with the venv module was found');
  const log = join(checkoutFolder, '.slipway-bench', 'logs', 'scipy.log');
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
  await runLogged(python, [...words, `scipy==${scipyVersion}`], { log });
  await writeFile(join(folder, 'installed'), scipyVersion);
  return python;
};
