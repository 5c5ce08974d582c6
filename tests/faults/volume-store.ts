import { createHash, randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { BlobStore, createBlobStore } from '@slipway/blob-store-core';
import type { DiskObjectStore } from '../../services/blob-store/app/objects-on-disk/disk-object-store.js';
import type { OpenedRecords } from '../../services/blob-store/app/records/open-records.js';
import { AT, type Step } from './volume-workload.ts';

export type Pieces = Readonly<{
  createBlobStore: typeof createBlobStore;
  DiskObjectStore: typeof DiskObjectStore;
  opened: OpenedRecords;
  folder: string;
}>;

/** The blob-store as it is built for a platform, without its process: its records, its disk. */
export const storeOf = ({
  createBlobStore: create,
  DiskObjectStore: Disk,
  opened,
  folder,
}: Pieces): BlobStore =>
  create({
    objects: new Disk(folder),
    ...opened,
    hashing: {
      sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
      sha256: (text) => createHash('sha256').update(text).digest(),
      md5OfHex: (hex) => createHash('md5').update(Buffer.from(hex, 'hex')).digest('hex'),
      hmac: (text) => createHash('sha256').update(text).digest('hex'),
    },
    goingOn: { ended: async () => [], arguments: async (blobIds) => blobIds },
    now: () => AT,
    textOf: text,
    randomBytes: (count) => randomBytes(count),
  });

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Puts the blocks of a step, stages its parts, commits; answers the version of the tree. */
export const carryOut = async (
  store: BlobStore,
  volume: Readonly<{ workspaceId: string; volumeId: string }>,
  { commitId, contents, parts }: Step,
): Promise<number> => {
  for (const content of contents) await store.shelf.put(once(content), { kept: false, expected: {} });
  for (const [part, changes] of parts.entries())
    await store.volumeTrees.stage({ ...volume, commitId, part, changes });
  return (await store.volumeTrees.commit({ ...volume, commitId, parts: parts.length })).version;
};
