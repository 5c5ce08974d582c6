import type { ByteRange } from './object.js';

/** Every chunk of a stored object has a checksum of its own, so that any range can be verified before it is sent. */
export const CHUNK_BYTES = 1024 * 1024;

export type ChunkSpan = Readonly<{
  firstChunk: number;
  lastChunk: number;
  /** The bytes that must be read, whole chunks. */
  read: ByteRange;
}>;

export const chunkCount = (sizeBytes: number): number => Math.ceil(sizeBytes / CHUNK_BYTES);

/** The whole chunks that hold a range of an object. */
export const chunkSpan = ({ first, last }: ByteRange, sizeBytes: number): ChunkSpan => {
  const firstChunk = Math.floor(first / CHUNK_BYTES);
  const lastChunk = Math.floor(last / CHUNK_BYTES);
  return {
    firstChunk,
    lastChunk,
    read: {
      first: firstChunk * CHUNK_BYTES,
      last: Math.min((lastChunk + 1) * CHUNK_BYTES, sizeBytes) - 1,
    },
  };
};
