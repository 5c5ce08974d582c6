import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VOLUME_BLOCK_BYTES } from '@slipway/contracts';
import { applyListing, VolumeTree, type FileNode } from '@slipway/worker-core';
import type { TakenSegment } from './fill-segments.js';
import { StagingLog } from './staging-log.js';
import { VolumeFileSystem, type VolumeParts } from './volume-file-system.js';

test('a read that waits for a block has what was staged, whoever has its place when the block comes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'volume-'));
  const log = new StagingLog(join(folder, 'staging'), 10 ** 9);
  const tree = new VolumeTree(0, log.release);
  applyListing(tree, {
    full: true,
    removed: [],
    entries: [
      { path: 'f', kind: 'file', mode: 0o644, mtimeMs: 0, sizeBytes: VOLUME_BLOCK_BYTES, blocks: ['cold'] },
    ],
  });
  const missed: TakenSegment[] = [];
  const files = new VolumeFileSystem({
    ...{ tree, log, mostPathBytes: 1_024 },
    blocks: { read: () => false },
    ahead: { saw: () => undefined },
    siblings: { missed: () => undefined },
    miss: (_request: number, segments: readonly TakenSegment[]) => missed.push(...segments),
  } as unknown as VolumeParts);
  const { id, content } = tree.root.entries.get('f')!.node as FileNode;
  files.write(id, VOLUME_BLOCK_BYTES, Buffer.from('mine'));
  const read = { request: 7, offset: VOLUME_BLOCK_BYTES - 2, sizeBytes: 100 };
  expect(files.read(id, read, Buffer.alloc(100))).toBe('later');
  log.release(content.replace(['cold', 'tail'], VOLUME_BLOCK_BYTES + 4));
  log.write(Buffer.from('others'), log.allocate(6));
  expect(missed).toMatchObject([
    { kind: 'block', digest: 'cold', lengthBytes: 2 },
    { kind: 'taken', bytes: Buffer.from('mine') },
  ]);
  log.close();
  await rm(folder, { recursive: true });
});
