import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createBlobStore, type BlobStore } from '@slipway/blob-store-core';
import { MOST_LISTED_BYTES, type Digest, type MountFile } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { readMount } from '@slipway/nest-kit';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { nodeHashing } from '../node-hashing.js';
import { DiskObjectStore } from '../objects-on-disk/disk-object-store.js';
import { openRecords, type OpenedRecords } from './open-records.js';

const workspaceId = 'ours';
let opened: OpenedRecords;
let folder: string;
let store: BlobStore;

overPostgres(openRecords, async (found) => {
  opened = found;
  folder = await mkdtemp(join(tmpdir(), 'slipway-mounts-'));
  store = createBlobStore({
    objects: new DiskObjectStore(folder),
    ...opened,
    hashing: nodeHashing('signing'),
    textOf: text,
    goingOn: { ended: async () => [], arguments: async (blobIds) => blobIds },
    now: () => 1_000_000_000,
    randomBytes: (count) => randomBytes(count),
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const put = async (content: string): Promise<Digest> => {
  const body = (async function* () {
    yield Buffer.from(content);
  })();
  return (await store.shelf.put(body, { kept: false, expected: {} })).digest;
};
const filesOf = (count: number, digest: Digest, folder = '/root'): MountFile[] =>
  Array.from({ length: count }, (_, index) => ({ filename: `${folder}/${index}.py`, digest, sizeBytes: 1 }));
const byName = (one: MountFile, other: MountFile): number => (one.filename < other.filename ? -1 : 1);

test('a mount whose list is larger than a message is made, and read page by page', async () => {
  const files = filesOf(12_000, await put('x'), `/root/${'long'.repeat(170)}`);
  const list = JSON.stringify(files);
  expect(list.length).toBeGreaterThan(2 * MOST_LISTED_BYTES);
  const ask = { workspaceId, listDigest: await put(list), namedBy: 'platform' } as const;
  const { mountId, checksum } = await store.mounts.create(ask);

  const sizes: number[] = [];
  const persist = async (_: string, page: { mountId: string; after?: string }) => {
    const answer = await store.mounts.get(page);
    sizes.push(Buffer.byteLength(JSON.stringify(answer)));
    return answer;
  };
  const read = await readMount({ persist } as unknown as Pick<Bus, 'persist'>, mountId);
  expect(read.checksum).toBe(checksum);
  expect(read.files).toEqual(files.toSorted(byName));
  expect(Math.max(...sizes)).toBeLessThan(MOST_LISTED_BYTES);
});

test('a mount of more files than anybody waits for is refused with their number', async () => {
  const digest = createHash('sha256').update('x').digest('hex') as Digest;
  const listDigest = await put(JSON.stringify(filesOf(250_001, digest)));
  await expect(store.mounts.create({ workspaceId, listDigest, namedBy: 'platform' })).rejects.toMatchObject({
    refusal: {
      refused: 'invalid',
      code: 'mount-too-large',
      message: expect.stringContaining('250001 files'),
    },
  });
});
