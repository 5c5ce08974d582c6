import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinearProgram } from '@slipway/capacity-planner-core';
import { runPython } from '../client/run-program.ts';
import { venvWith } from '../client/venv.ts';

const scipyVersion = '1.16.3';

/** How long the native library took, without reading the program in, and whether it had the gap then. */
export type NativeSolve = Readonly<{ seconds: number; reached: boolean }>;

export type NativeHighs = Readonly<{
  solve: (program: LinearProgram, relativeGap: number, timeLimitMs: number) => Promise<NativeSolve>;
}>;

/** What scipy's milp says of a program that is solved to its gap. */
const SOLVED = 0;

/** HiGHS as it comes with scipy, installed first where it is not there. */
export const nativeHighs = async (): Promise<NativeHighs> => {
  const python = await venvWith('scipy', scipyVersion, [`scipy==${scipyVersion}`]);
  return {
    solve: async (program, relativeGap, timeLimitMs) => {
      const folder = await mkdtemp(join(tmpdir(), 'slipway-program-'));
      try {
        await writeProgram(folder, program);
        const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', OMP_NUM_THREADS: '1' };
        const found = await runPython<{ seconds: number; status: number }>(
          'solve_program.py',
          [folder, relativeGap, timeLimitMs / 1000],
          environment,
          python,
        );
        return { seconds: found.seconds, reached: found.status === SOLVED };
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
