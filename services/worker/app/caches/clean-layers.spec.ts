import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanLayers } from './clean-layers.js';
import { foldersInUse } from './folders-in-use.js';
import { markUsed } from './mark-used.js';

const HOUR_MS = 60 * 60 * 1000;
const MIB = 1024 * 1024;

describe('the cache of layers', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layers-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A layer of a MiB that was used so long ago. */
  const layer = async (letter: string, usedHoursAgo: number): Promise<string> => {
    const path = join(folder, letter.repeat(64));
    await mkdir(path);
    await writeFile(join(path, 'file'), Buffer.alloc(MIB, 1));
    const usedAt = new Date(Date.now() - usedHoursAgo * HOUR_MS);
    await utimes(path, usedAt, usedAt);
    return path;
  };
  const left = async (): Promise<string> =>
    (await readdir(folder))
      .filter((name) => !name.endsWith('.bytes'))
      .map((name) => name[0])
      .toSorted()
      .join('');
  const nothing = async (): Promise<ReadonlySet<string>> => new Set();

  test('lets go of those used longest ago until the rest fits', async () => {
    for (const [letter, hours] of [
      ['a', 3],
      ['b', 9],
      ['c', 1],
      ['d', 5],
    ] as const)
      await layer(letter, hours);
    const removed = await cleanLayers(folder, 2.5, nothing);
    expect([removed.length, await left()]).toEqual([2, 'ac']);
    expect(await cleanLayers(folder, 2.5, nothing)).toEqual([]);
  });

  test('looks into each layer once, and forgets its size with it', async () => {
    const path = await layer('a', 2);
    await layer('b', 1);
    expect(await cleanLayers(folder, 2.5, nothing)).toEqual([]);
    await writeFile(join(path, 'file'), '');
    expect(await cleanLayers(folder, 1.5, nothing)).toEqual(['a'.repeat(64)]);
    expect(await readdir(folder)).toEqual(['b'.repeat(64), `${'b'.repeat(64)}.bytes`]);
  });

  test('is measured again where a size was not written down whole', async () => {
    const path = await layer('a', 2);
    for (const torn of ['', '10']) {
      await writeFile(`${path}.bytes`, torn);
      expect(await cleanLayers(folder, 1.5, nothing)).toEqual([]);
      expect(Number(await readFile(`${path}.bytes`, 'utf8'))).toBeGreaterThanOrEqual(MIB);
    }
  });

  test('keeps what a container was made of while it was being measured', async () => {
    await layer('a', 2);
    const path = await layer('b', 1);
    const containers = join(folder, 'containers');
    await mkdir(join(containers, 'ta-1', 'l'), { recursive: true });
    let looks = 0;
    const inUse = async (): Promise<ReadonlySet<string>> => {
      // A container is laid on the second just before that one would go.
      if ((looks += 1) === 2) await symlink(path, join(containers, 'ta-1', 'l', '0'));
      return foldersInUse(containers);
    };
    expect(await cleanLayers(folder, 0, inUse)).toEqual(['a'.repeat(64)]);
    expect(await left()).toBe('bc');
  });

  test('keeps what was just used: its container is not there yet', async () => {
    await layer('a', 2);
    const path = await layer('b', 1);
    const inUse = async (): Promise<ReadonlySet<string>> => {
      markUsed(path);
      return new Set();
    };
    expect(await cleanLayers(folder, 0, inUse)).toEqual(['a'.repeat(64)]);
    expect(markUsed(path)).toBe(true);
    expect(markUsed(join(folder, 'a'.repeat(64)))).toBe(false);
  });
});
