import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlockCache } from './block-cache.js';
import { makeBlocks } from './make-blocks.js';
import { VolumeInMemory } from './volume-in-memory.testing.js';

test('a block that is stored is committed, though this worker has no room to keep it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blocks-'));
  const staging = await open(join(folder, 'staging'), 'w+');
  try {
    await staging.write('written');
    // No folder can be made where a file is.
    await writeFile(join(folder, 'full'), '');
    const source = new VolumeInMemory();
    const cache = new BlockCache(join(folder, 'full', 'blocks'), 10 ** 9, source);
    const file = { path: 'a', kind: 'file', mode: 0o644, mtimeMs: 1, sizeBytes: 7 } as const;
    const blocks = [[{ kind: 'staged', at: 0, lengthBytes: 7 } as const]];
    const made = await makeBlocks({ removed: [], puts: [{ ...file, blocks }] }, source, { cache, staging });
    const digest = createHash('sha256').update('written').digest('hex');
    expect([...made]).toEqual([['a', [digest]]]);
    expect(source.blocks.get(digest)?.toString()).toBe('written');
  } finally {
    await staging.close();
    await rm(folder, { recursive: true });
  }
});
