import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Digest } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { PlannedBlock, PlannedEntry } from '@slipway/worker-core';
import { BlockCache } from './block-cache.js';
import { publishPlan } from './publish-plan.js';
import { VolumeInMemory } from './volume-in-memory.testing.js';

const digestOf = (text: string): Digest => createHash('sha256').update(text).digest('hex');
const file = (path: string, ...blocks: PlannedBlock[]): PlannedEntry => ({
  ...{ path, kind: 'file', mode: 0o644, mtimeMs: 1, sizeBytes: 10 },
  blocks,
});

describe('a commit', () => {
  let folder: string;
  let staging: FileHandle;
  let source: VolumeInMemory;
  let cache: BlockCache;
  let lost: Set<Digest>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'publish-'));
    staging = await open(join(folder, 'staging'), 'w+');
    source = new VolumeInMemory();
    cache = new BlockCache(join(folder, 'blocks'), 10 ** 9, source);
    lost = new Set();
  });
  afterEach(async () => {
    await staging.close();
    await rm(folder, { recursive: true });
  });

  const publish = (...puts: PlannedEntry[]) =>
    publishPlan({ removed: [], puts }, { source, cache, staging }, lost);
  const stored = async (text: string): Promise<Digest> => {
    await source.putBlock(digestOf(text), Buffer.from(text));
    return digestOf(text);
  };
  const kept = async (text: string): Promise<Digest> => {
    await cache.keep(digestOf(text), Buffer.from(text));
    return digestOf(text);
  };

  test('puts blocks that the store no longer has again from the cache', async () => {
    const [here, there] = [await kept('here'), await stored('there')];
    const { leftOut } = await publish(file('f', here, there));
    expect(leftOut).toEqual([]);
    expect(source.entries.get('f')).toMatchObject({ blocks: [here, there] });
    expect(String(source.blocks.get(here))).toBe('here');
  });

  test('leaves out files that name a block which is lost, and makes all other changes', async () => {
    const [here, there, gone] = [await kept('here'), await stored('there'), digestOf('gone')];
    const { blocks, leftOut } = await publish(
      file('a', here, gone),
      file('b', there),
      file('c', gone),
      file('d', here),
    );
    expect(leftOut).toEqual(['a', 'c']);
    expect([...blocks.keys()]).toEqual(['b', 'd']);
    expect([...source.entries.keys()]).toEqual(['b', 'd']);
    expect([...lost]).toEqual([gone]);
  });

  test('leaves out files whose new blocks need a lost one, and makes all other changes', async () => {
    await staging.write('more');
    const gone = digestOf('gone');
    const appended: PlannedBlock = [
      { kind: 'block', digest: gone, offset: 0, lengthBytes: 4 },
      { kind: 'staged', at: 0, lengthBytes: 4 },
    ];
    const { leftOut } = await publish(file('a', appended), file('b', await stored('there')));
    expect(leftOut).toEqual(['a']);
    expect([...source.entries.keys()]).toEqual(['b']);
    expect([...lost]).toEqual([gone]);
  });

  test('does not try files that need a block which is known to be lost', async () => {
    lost.add(digestOf('gone'));
    const { leftOut } = await publish(
      file('a', [{ kind: 'staged', at: 0, lengthBytes: 4 }], digestOf('gone')),
    );
    expect(leftOut).toEqual(['a']);
    expect([source.commits, source.blocks.size]).toEqual([[], 0]);
  });

  test('gives up a block that the store does not have although it was put', async () => {
    const here = await kept('here');
    source.putBlock = async () => undefined;
    expect((await publish(file('a', here))).leftOut).toEqual(['a']);
  });

  test('does not put a cached block whose bytes are damaged', async () => {
    const named = digestOf('named');
    await cache.keep(named, Buffer.from('other'));
    expect((await publish(file('a', named))).leftOut).toEqual(['a']);
    expect(source.blocks.size).toBe(0);
  });

  test('fails whole where it is refused for another reason', async () => {
    source.commit = () => Promise.reject(new RefusedError(refuse('not-found', 'volume-not-found', 'gone')));
    await expect(publish(file('a', await stored('there')))).rejects.toThrow('gone');
  });
});
