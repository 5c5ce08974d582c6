import { createHash } from 'node:crypto';
import type { Digest } from '@slipway/contracts';
import {
  CHUNK_BYTES,
  chunkSpan,
  CorruptedObjectError,
  type ByteRange,
  type Bytes,
} from '@slipway/blob-store-core';
import { checksumOf } from './received-bytes.js';

export type StoredBytes = Readonly<{
  digest: Digest;
  sizeBytes: number;
  checksums: Buffer;
  /** Raw bytes of a range, unverified. */
  open: (range: ByteRange) => Bytes;
}>;

/** The bytes of a range, each chunk checked before any of it is handed out. Throws CorruptedObjectError. */
export async function* verifiedPieces(
  { digest, sizeBytes, checksums, open }: StoredBytes,
  range: ByteRange = { first: 0, last: sizeBytes - 1 },
): AsyncGenerator<Uint8Array> {
  if (sizeBytes === 0) return;
  const { firstChunk, lastChunk, read } = chunkSpan(range, sizeBytes);
  let chunk = firstChunk;
  let offset = read.first;
  for await (const bytes of wholeChunks(open(read))) {
    const is = createHash('sha256').update(bytes).digest();
    if (!checksumOf(checksums, chunk)?.equals(is))
      throw new CorruptedObjectError(digest, `chunk ${chunk} of ${lastChunk + 1} is not what was stored`);
    yield bytes.subarray(Math.max(0, range.first - offset), Math.min(bytes.length, range.last + 1 - offset));
    offset += bytes.length;
    chunk += 1;
  }
  if (offset !== read.last + 1)
    throw new CorruptedObjectError(digest, `it ends after ${offset} of ${sizeBytes} bytes`);
}

async function* wholeChunks(bytes: Bytes): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const piece of bytes) {
    for (let offset = 0; offset < piece.length;) {
      const part = piece.subarray(offset, offset + CHUNK_BYTES - heldBytes);
      held.push(part);
      heldBytes += part.length;
      offset += part.length;
      if (heldBytes < CHUNK_BYTES) continue;
      yield Buffer.concat(held);
      held = [];
      heldBytes = 0;
    }
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}
