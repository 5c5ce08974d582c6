import { refuse, RefusedError } from '@slipway/kernel';
import { probePython } from './probe-python.js';

const image = { layers: [{ digest: 'd'.repeat(64), sizeBytes: 1 }], config: { env: {} } };

describe('the Python of an image', () => {
  test('is what a step in it finds', async () => {
    const run = async () => ({ output: 'slipway-python 3.12.4\nslipway-libc musl\n' });
    expect(await probePython(image, run)).toEqual({ pythonVersion: '3.12.4', libc: 'musl' });
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
