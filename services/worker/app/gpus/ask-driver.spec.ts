import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askDriver } from './ask-driver.js';

const H100 = '0, GPU-7f0c, 81559, 00000000:00:04.0, Disabled, 580.159.04, NVIDIA H100 80GB HBM3';
let root: string;

/** A driver's program that answers as this script does. */
const driver = (script: string): string => {
  const folder = join(root, 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-smi-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the driver', () => {
  test('answers with its GPUs, and the program that was asked can be lent', async () => {
    const folder = driver(`echo "${H100}"`);
    expect(await askDriver({ programs: ['/nowhere', folder], libraries: [] })).toMatchObject({
      kind: 'answered',
      report: { driverVersion: '580.159.04', gpus: [{ name: 'NVIDIA H100 80GB HBM3', memoryMiB: 81_559 }] },
      program: join(folder, 'nvidia-smi'),
    });
  });

  test('finds libraries that stand beside its program, after those of the environment', async () => {
    const folder = driver('echo "$LD_LIBRARY_PATH" >&2; exit 1');
    const answer = await askDriver({ programs: [folder], libraries: ['/named'] });
    expect(answer).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining(`/named:${root}/lib64:${root}/lib`) as string,
    });
  });

  test('says why it does not work', async () => {
    const folder = driver('echo "No devices were found"; exit 0');
    expect(await askDriver({ programs: [folder], libraries: [] })).toEqual({
      kind: 'failed',
      why: `${folder}/nvidia-smi names no GPU: No devices were found`,
    });
  });

  test('that hangs holds nobody up', async () => {
    const folder = driver('exec /bin/sleep 600');
    expect(await askDriver({ programs: [folder], libraries: [] }, 100)).toEqual({
      kind: 'failed',
      why: `${folder}/nvidia-smi has not answered within 0.1 s`,
    });
  });
});
