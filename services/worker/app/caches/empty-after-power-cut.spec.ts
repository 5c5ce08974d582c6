import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerFolders, type WorkerFolders } from '../host/worker-folders.js';
import { emptyAfterPowerCut } from './empty-after-power-cut.js';

describe('what a worker has cached', () => {
  let dataDir: string;
  let folders: WorkerFolders;
  let hostBoot: string;
  const workerId = `wo-power-cut-${process.pid}`;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'caches-'));
    folders = workerFolders(join(dataDir, 'data'), workerId);
    hostBoot = join(dataDir, 'boot-id');
    await writeFile(hostBoot, 'boot 1\n');
  });
  afterEach(async () => {
    await rm(dataDir, { recursive: true });
    await rm(folders.sockets, { recursive: true });
  });

  const cached = ['layers', 'files', 'mounts', 'bytecode', 'blocks'] as const;
  const fill = async (): Promise<void> => {
    for (const name of cached) {
      await mkdir(join(folders[name], 'ab'), { recursive: true });
      await writeFile(join(folders[name], 'ab', 'abcd'), '');
    }
    await writeFile(join(folders.usage, 'facts'), '');
  };
  const left = async (): Promise<number> =>
    (await Promise.all(cached.map((name) => readdir(folders[name])))).flat().length;
  const start = () => emptyAfterPowerCut(join(dataDir, 'data'), folders, hostBoot);

  test('is kept as long as the host runs on, and forgotten once it has started anew', async () => {
    expect(await start()).toBe('kept');
    await fill();
    expect([await start(), await left()]).toEqual(['kept', cached.length]);
    await writeFile(hostBoot, 'boot 2\n');
    expect([await start(), await left()]).toEqual(['emptied', 0]);
    await fill();
    expect([await start(), await left()]).toEqual(['kept', cached.length]);
    expect(await readdir(folders.usage)).toEqual(['facts']);
  });

  test('is forgotten where nobody wrote down when it was cached', async () => {
    await fill();
    expect([await start(), await left()]).toEqual(['emptied', 0]);
  });
});
