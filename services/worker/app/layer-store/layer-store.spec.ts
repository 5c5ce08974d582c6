import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { zstdCompressSync } from 'node:zlib';
import { runCommand } from '../command/run-command.js';
import { LayerStore } from './layer-store.js';

test('a layer that was just fetched was just used, however old what is in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'layer-store-'));
  try {
    const [tree, store] = [join(folder, 'tree'), join(folder, 'store')];
    await mkdir(tree);
    await mkdir(store);
    await writeFile(join(tree, 'file'), 'content');
    const old = new Date('2001-02-03');
    await utimes(tree, old, old);
    await runCommand('tar', ['-C', tree, '-cf', join(folder, 'tar'), '.']);
    const blob = zstdCompressSync(await readFile(join(folder, 'tar')));
    const digest = createHash('sha256').update(blob).digest('hex');
    const layers = new LayerStore(store, { get: async () => Readable.from([blob]) });
    const fetched = await layers.folderOf({ digest, sizeBytes: blob.length });
    expect(await readFile(join(fetched, 'file'), 'utf8')).toBe('content');
    expect(Date.now() - (await stat(fetched)).mtimeMs).toBeLessThan(60_000);
  } finally {
    await rm(folder, { recursive: true });
  }
});
