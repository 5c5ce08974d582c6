import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { MountView } from '@slipway/contracts';
import { MountStore } from './mount-store.js';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('mounts on a worker', () => {
  let folder: string;
  let asked: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mount-store-'));
    for (const name of ['files', 'mounts']) await mkdir(join(folder, name));
    asked = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A mount of one file, whose name and content are its id. */
  const viewOf = (mountId: string): MountView => ({
    mountId,
    checksum: digestOf(mountId),
    files: [{ filename: `/${mountId}`, digest: digestOf(`content of ${mountId}`), sizeBytes: 1 }],
  });
  const texts = new Map<string, string>();
  const open = (): MountStore =>
    new MountStore(join(folder, 'files'), join(folder, 'mounts'), {
      getMount: async (mountId) => {
        asked.push(mountId);
        texts.set(digestOf(`content of ${mountId}`), `content of ${mountId}`);
        return viewOf(mountId);
      },
      get: async (digest) => Readable.from([Buffer.from(texts.get(digest)!)]),
    });

  test('are marked as used whenever they are', async () => {
    const store = open();
    const { folder: mount } = await store.folderOf('mo-1');
    await utimes(mount, 1, 1);
    await store.folderOf('mo-1');
    expect(Date.now() - (await stat(mount)).mtimeMs).toBeLessThan(60_000);
  });

  test('are built again after they were removed', async () => {
    const store = open();
    const { folder: mount } = await store.folderOf('mo-1');
    await rm(mount, { recursive: true });
    await rm(join(folder, 'files'), { recursive: true });
    await store.folderOf('mo-1');
    expect(await readFile(join(mount, 'mo-1'), 'utf8')).toBe('content of mo-1');
  });

  test('are known by what they hold, the last ones that were used, and asked for again after', async () => {
    const store = open();
    await Promise.all([store.folderOf('mo-first'), store.folderOf('mo-first')]);
    expect(asked).toEqual(['mo-first']);
    for (let at = 0; at < 600; at += 1) {
      await store.folderOf(`mo-${at}`);
      if (at === 300) await store.folderOf('mo-first');
    }
    expect(asked).toHaveLength(601);
    await store.folderOf('mo-first');
    expect(asked).toHaveLength(601);
    await store.folderOf('mo-0');
    expect(asked).toHaveLength(602);
  });
});
