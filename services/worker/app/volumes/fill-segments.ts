import { open, type FileHandle } from 'node:fs/promises';
import type { Segment } from '@slipway/worker-core';
import type { BlockCache } from './block-cache.js';
import { blockFile } from './block-files.js';

/** What a read is made of once it left the thread: what was staged goes along, for a commit may give its place to another file. */
export type TakenSegment =
  Exclude<Segment, { kind: 'staged' }> | Readonly<{ kind: 'taken'; lengthBytes: number; bytes: Uint8Array }>;

const readFully = async (file: FileHandle, into: Buffer, at: number): Promise<void> => {
  const { bytesRead } = await file.read(into, 0, into.length, at);
  if (bytesRead < into.length) into.fill(0, bytesRead);
};

const readBlock = async (
  cache: BlockCache,
  { digest, offset }: Extract<Segment, { kind: 'block' }>,
  into: Buffer,
): Promise<void> => {
  for (;;) {
    await cache.require(digest);
    // It may have been cleaned away since: then it is fetched once more.
    const file = await open(blockFile(cache.folder, digest)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (file === undefined) continue;
    try {
      return await readFully(file, into, offset);
    } finally {
      await file.close();
    }
  }
};

/** Reads the segments one after the other into `into`, fetching blocks that are not here. */
export const fillSegments = async (
  segments: readonly (Segment | TakenSegment)[],
  into: Buffer,
  { cache, staging }: Readonly<{ cache: BlockCache; staging: FileHandle }>,
): Promise<void> => {
  let at = 0;
  for (const segment of segments) {
    const part = into.subarray(at, at + segment.lengthBytes);
    at += segment.lengthBytes;
    switch (segment.kind) {
      case 'zeros':
        part.fill(0);
        break;
      case 'staged':
        await readFully(staging, part, segment.at);
        break;
      case 'taken':
        part.set(segment.bytes);
        break;
      case 'block':
        await readBlock(cache, segment, part);
        break;
      default:
        segment satisfies never;
    }
  }
};
