import { createHash, webcrypto } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { ZERO_BLOCK, type Digest } from '@slipway/contracts';
import type { CommitPlan, PlannedBlock, Segment } from '@slipway/worker-core';
import type { BlockCache } from './block-cache.js';
import { fillSegments } from './fill-segments.js';
import { MissingBlockError } from './missing-block.js';
import { Turns } from '../turns.js';
import type { VolumeSource } from './volume-source.js';

/** Each holds a block in memory. */
const LARGE_BLOCKS_AT_ONCE = 8;
/** A store waits for its disk for each: many small ones wait together. */
const SMALL_BLOCKS_AT_ONCE = 64;
const HASHED_AT_ONCE_BYTES = 256 * 1024;
const ZEROS = Buffer.alloc(64 * 1024);

const withoutZerosAtItsEnd = (bytes: Buffer): Buffer => {
  let end = bytes.length;
  while (end >= ZEROS.length && bytes.subarray(end - ZEROS.length, end).equals(ZEROS)) end -= ZEROS.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
};

const bytesIn = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);

/** Large blocks are hashed beside the event loop. */
const digestOf = async (bytes: Buffer): Promise<Digest> =>
  bytes.length <= HASHED_AT_ONCE_BYTES
    ? createHash('sha256').update(bytes).digest('hex')
    : Buffer.from(await webcrypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');

const missingBlock = (error: unknown): MissingBlockError => {
  if (error instanceof MissingBlockError) return error;
  throw error;
};

/**
 * Makes the blocks of a commit that are new, stores them, and answers each file's blocks by its path: or, where its bytes
 * cannot be read any more, why.
 */
export const makeBlocks = async (
  { puts }: CommitPlan,
  source: VolumeSource,
  from: Readonly<{ cache: BlockCache; staging: FileHandle }>,
): Promise<ReadonlyMap<string, readonly Digest[] | MissingBlockError>> => {
  const large = new Turns(LARGE_BLOCKS_AT_ONCE);
  const small = new Turns(SMALL_BLOCKS_AT_ONCE);
  const make = async (segments: readonly Segment[]): Promise<Digest> => {
    const filled = Buffer.allocUnsafe(bytesIn(segments));
    await fillSegments(segments, filled, from);
    const bytes = withoutZerosAtItsEnd(filled);
    if (bytes.length === 0) return ZERO_BLOCK;
    const digest = await digestOf(bytes);
    await source.putBlock(digest, bytes);
    // It is stored: where this worker has no room for it, it is fetched when it is read.
    await from.cache.keep(digest, bytes).catch(() => undefined);
    return digest;
  };
  const digestFor = async (block: PlannedBlock): Promise<Digest> =>
    typeof block === 'string'
      ? block
      : (bytesIn(block) <= HASHED_AT_ONCE_BYTES ? small : large).run(() => make(block));
  const made = await Promise.all(
    puts.map(async (put) =>
      put.kind === 'file'
        ? ([put.path, await Promise.all(put.blocks.map(digestFor)).catch(missingBlock)] as const)
        : undefined,
    ),
  );
  return new Map(made.filter((file) => file !== undefined));
};
