import { refuse, RefusedError } from '@slipway/kernel';
import { probePython } from './probe-python.js';

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

  test('is not known when the platform fails', async () => {
    const run = async () => Promise.reject(new Error('fetch failed'));
    await expect(probePython(image, run)).rejects.toThrow('fetch failed');
  });
});
