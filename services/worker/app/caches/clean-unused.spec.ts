import { existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanFiles, cleanFolders } from './clean-unused.js';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('what containers used to need', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unused-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is removed as a folder that nobody used since a moment, unless a container lies on it', async () => {
    for (const [name, usedDaysAgo] of [
      ['new', 1],
      ['old', 4],
      ['used', 9],
      ['half.partial', 9],
    ] as const) {
      await mkdir(join(folder, name, 'content'), { recursive: true });
      const usedAt = new Date(Date.now() - usedDaysAgo * DAY_MS);
      await utimes(join(folder, name), usedAt, usedAt);
    }
    const removed = await cleanFolders(folder, Date.now() - 3 * DAY_MS, async () => new Set(['used']));
    expect([removed, (await readdir(folder)).toSorted()]).toEqual([1, ['half.partial', 'new', 'used']]);
  });

  test('is removed as a file that no mount has had since a moment', async () => {
    const [mounts, files] = [join(folder, 'mounts'), join(folder, 'files')];
    await mkdir(mounts);
    await mkdir(join(files, 'ab'), { recursive: true });
    for (const name of ['named', 'unnamed', 'coming.partial']) await writeFile(join(files, 'ab', name), '');
    await link(join(files, 'ab', 'named'), join(mounts, 'named'));
    expect(await cleanFiles(files, Date.now() - DAY_MS)).toBe(0);
    expect(await cleanFiles(files, Date.now() + DAY_MS)).toBe(1);
    expect((await readdir(join(files, 'ab'))).toSorted()).toEqual(['coming.partial', 'named']);
    await rm(join(mounts, 'named'));
    expect(await cleanFiles(files, Date.now() + DAY_MS)).toBe(1);
    expect(existsSync(join(files, 'ab', 'named'))).toBe(false);
  });
});
