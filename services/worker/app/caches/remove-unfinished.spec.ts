import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerFolders } from '../host/worker-folders.js';
import { removeUnfinished } from './remove-unfinished.js';

test('what an earlier process was fetching or removing when it died is taken away, and nothing else', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'caches-'));
  const folders = workerFolders(dataDir, `wo-unfinished-${process.pid}`);
  try {
    for (const folder of [folders.layers, folders.mounts, folders.bytecode])
      for (const name of ['one', 'one.partial', 'two.removed'])
        await mkdir(join(folder, name, 'content'), { recursive: true });
    for (const folder of [folders.blocks, folders.files]) {
      await mkdir(join(folder, 'ab'));
      for (const name of ['one', 'one.partial', 'one.1234.partial'])
        await writeFile(join(folder, 'ab', name), '');
    }
    await removeUnfinished(folders);
    for (const folder of [folders.layers, folders.mounts, folders.bytecode])
      expect(await readdir(folder)).toEqual(['one']);
    for (const folder of [folders.blocks, folders.files])
      expect(await readdir(join(folder, 'ab'))).toEqual(['one']);
  } finally {
    await rm(dataDir, { recursive: true });
    await rm(folders.sockets, { recursive: true });
  }
});
