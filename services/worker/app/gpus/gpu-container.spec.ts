import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { containerLimits, selectGpus, withGpus } from '@slipway/worker-core';
import { readWorkerConfig } from '../config.js';
import { captureOutput } from '../container-logs/capture-output.js';
import {
  layRoot,
  prepareContainer,
  removeContainer,
  runProgram,
} from '../isolated-container/isolated-container.js';
import { openWorkerHost, type OpenedHost } from '../open-worker-host.js';

/**
 * A CUDA program in real containers. Needs root, a GPU whose driver answers, and a root file system with Python 3:
 * SLIPWAY_TEST_ROOT=/path/to/rootfs SLIPWAY_TEST_RUNTIMES=runc,runsc npm test -- services/worker/app/gpus/gpu-container
 */
const rootFolder = process.env['SLIPWAY_TEST_ROOT'];
const runtimes = (process.env['SLIPWAY_TEST_RUNTIMES'] ?? 'runc').split(',');
const able = rootFolder !== undefined && existsSync('/dev/nvidiactl');
const PROGRAM = readFileSync(new URL('../../../../tests/e2e/apps/cuda_by_hand.py', import.meta.url), 'utf8');
const nothing = {} as never;

type Seen = Readonly<{
  nodes: readonly string[];
  gpus: readonly Readonly<{ name: string; right: number; of: number }>[];
  why?: string;
}>;

(able ? describe : describe.skip).each(runtimes)('a container under %s', (runtime) => {
  let opened: OpenedHost | undefined;
  let dataDir: string;
  const told: unknown[] = [];

  /** What the program sees and computes in a container that has these GPUs. */
  const computeOn = async (indexes: readonly number[]): Promise<Seen> => {
    const { host } = opened!;
    const id = `gpu-${Math.random().toString(36).slice(2)}`;
    const gpus = selectGpus(host.gpus, indexes, host.gpuAccess);
    const prepared = await prepareContainer(host, id, { diskMiB: 100, reach: 'blocked' });
    try {
      const container = await layRoot(prepared, [rootFolder!]);
      const need = { milliCpu: 2000, memoryMiB: 4096, memoryLimitMiB: 4096, gpus: [] };
      const running = await runProgram(host, container, {
        args: ['/usr/bin/python3', '-c', PROGRAM],
        env: withGpus({ PATH: '/usr/bin:/bin' }, gpus.env),
        cwd: '/',
        user: { uid: 0, gid: 0 },
        limits: containerLimits(need, host.machine),
        purpose: 'serve',
        bound: gpus.bound,
        deviceNodes: gpus.deviceNodes,
      });
      let output = '';
      const heard = Promise.all(
        [running.stdout, running.stderr].map((from) => captureOutput(from, (text) => void (output += text))),
      );
      expect({ exitCode: await running.exited, output: (await heard, output) }).toMatchObject({
        exitCode: 0,
      });
      return JSON.parse(output) as Seen;
    } finally {
      await removeContainer(host, prepared);
    }
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'slipway-gpu-'));
    const config = readWorkerConfig({
      PATH: process.env['PATH'],
      LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'],
      NATS_URL: 'nats://127.0.0.1',
      SLIPWAY_DATA_DIR: dataDir,
      SLIPWAY_INTERNAL_KEY: 'key',
      BLOB_STORE_URL: 'http://127.0.0.1:1',
      GATEWAY_URL: 'http://127.0.0.1:1',
      WORKER_ID: `wo-gpu-${runtime}`,
      WORKER_RUNTIME: runtime,
      WORKER_RUNSC: process.env['WORKER_RUNSC'],
      WORKER_RUNC: process.env['WORKER_RUNC'],
    });
    const tell = (facts: unknown) => void told.push(facts);
    opened = await openWorkerHost(config, nothing, nothing, { info: tell, warn: tell } as never);
  }, 60_000);

  afterAll(async () => {
    await opened?.close();
    rmSync(dataDir, { recursive: true, force: true });
  }, 30_000);

  test('computes on the GPU that it has, and sees no other', async () => {
    const [first] = opened!.host.gpus;
    expect({ first, told }).toMatchObject({ first: { simulated: false } });
    const seen = await computeOn([first!.index]);
    expect(seen.gpus).toEqual([
      {
        name: expect.any(String) as string,
        memoryMiB: expect.any(Number) as number,
        right: 1048576,
        of: 1048576,
      },
    ]);
    expect(seen.nodes.filter((name) => /^nvidia\d+$/.test(name))).toHaveLength(1);
  }, 120_000);

  test('that asked for none sees none', async () => {
    expect(await computeOn([])).toMatchObject({ nodes: [], gpus: [] });
  }, 60_000);
});
