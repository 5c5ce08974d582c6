import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { refuse, RefusedError } from '@slipway/kernel';
import type { PlannedStep } from '../plan/planned-step.js';
import { probePython } from './probe-python.js';

const HOST_PYTHON = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
  encoding: 'utf8',
}).trim();

const image = {
  layers: [{ digest: 'd'.repeat(64), sizeBytes: 1 }],
  config: { env: {} },
  mayHaveOtherPython: false,
};

describe('the Python of an image', () => {
  test('is what a step in it finds', async () => {
    const run = async () => ({ output: 'slipway-python 3.12.4\nslipway-libc musl\n' });
    expect(await probePython(image, run)).toEqual({ pythonVersion: '3.12.4', libc: 'musl' });
  });

  test('is what its base said, which is not asked again', async () => {
    const run = async () => Promise.reject(new Error('it was asked'));
    expect(await probePython({ ...image, pythonVersion: '3.10.1' }, run)).toEqual({
      pythonVersion: '3.10.1',
      libc: 'gnu',
    });
  });

  test('is asked for again where another may have come since, and stays what was said where that cannot be asked', async () => {
    const changed = { ...image, pythonVersion: '3.10.1', libc: 'gnu', mayHaveOtherPython: true } as const;
    const run = async () => ({ output: 'slipway-python 3.12.4\nslipway-libc gnu\n' });
    const refuses = async () =>
      Promise.reject(new RefusedError(refuse('invalid', 'step-failed', 'no shell')));
    expect(await probePython(changed, run)).toEqual({ pythonVersion: '3.12.4', libc: 'gnu' });
    expect(await probePython(changed, refuses)).toEqual({ pythonVersion: '3.10.1', libc: 'gnu' });
  });

  test('is none where the step cannot run', async () => {
    const run = async () => Promise.reject(new RefusedError(refuse('invalid', 'step-failed', 'no shell')));
    expect(await probePython(image, run)).toEqual({});
  });

  test('is the first one along PATH, by the name that containers start it by', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'probe-'));
    const put = async (name: string, version: string): Promise<void> => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), `#!/bin/sh\necho slipway-python ${version}\n`, { mode: 0o755 });
    };
    await put('low/python', '3.8.1');
    await put('high/python', '3.9.1');
    await put('high/python3', '3.12.4');
    const PATH = `${folder}/none:${folder}/high:${folder}/low`;
    const run = async ({ env, action }: PlannedStep) => {
      const [program = '', ...args] = action.kind === 'run' ? action.argv : [];
      return { output: execFileSync(program, args, { env, encoding: 'utf8' }) };
    };
    expect(await probePython({ ...image, config: { env: { PATH } } }, run)).toMatchObject({
      pythonVersion: '3.12.4',
    });
    await rm(folder, { recursive: true });
  });

  test('is said to be free-threaded where it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'probe-'));
    const python = `#!/bin/sh
shift
exec ${HOST_PYTHON} -c "import sys; sys.version = '3.14.2 free-threading build'; sys.abiflags = 't'; exec(sys.argv[1])" "$@"
`;
    await writeFile(join(folder, 'python3'), python, { mode: 0o755 });
    const run = async ({ action }: PlannedStep) => {
      const [program = '', ...args] = action.kind === 'run' ? action.argv : [];
      return { output: execFileSync(program, args, { env: { PATH: folder }, encoding: 'utf8' }) };
    };
    expect(await probePython(image, run)).toMatchObject({ pythonVersion: '3.14.2t' });
    await rm(folder, { recursive: true });
  });

  test('is not known when the platform fails', async () => {
    const run = async () => Promise.reject(new Error('fetch failed'));
    await expect(probePython(image, run)).rejects.toThrow('fetch failed');
  });
});
