import { createHash, type Hash } from 'node:crypto';
import type { Digest } from '@slipway/contracts';
import { CHUNK_BYTES } from '@slipway/blob-store-core';

const HASH_BYTES = 32;

/** Hashes a body as it comes: the whole, and each chunk of it. */
export class ReceivedBytes {
  sizeBytes = 0;
  private readonly whole = createHash('sha256');
  private readonly md5 = createHash('md5');
  private chunk: Hash = createHash('sha256');
  private readonly chunkHashes: Buffer[] = [];

  add(bytes: Uint8Array): void {
    this.whole.update(bytes);
    this.md5.update(bytes);
    for (let offset = 0; offset < bytes.length;) {
      const room = CHUNK_BYTES - (this.sizeBytes % CHUNK_BYTES);
      const piece = bytes.subarray(offset, offset + room);
      this.chunk.update(piece);
      this.sizeBytes += piece.length;
      offset += piece.length;
      if (this.sizeBytes % CHUNK_BYTES === 0) this.closeChunk();
    }
  }

  /** The digests of the whole, and the checksums of the chunks one after the other: the content of an object's sidecar. */
  finish(): { digest: Digest; md5Hex: string; checksums: Buffer } {
    if (this.sizeBytes % CHUNK_BYTES !== 0) this.closeChunk();
    return {
      digest: this.whole.digest('hex') as Digest,
      md5Hex: this.md5.digest('hex'),
      checksums: Buffer.concat(this.chunkHashes),
    };
  }

  private closeChunk(): void {
    this.chunkHashes.push(this.chunk.digest());
    this.chunk = createHash('sha256');
  }
}

/** The checksum of one chunk within a sidecar; undefined when the sidecar is too short. */
export const checksumOf = (checksums: Buffer, chunk: number): Buffer | undefined =>
  checksums.length >= (chunk + 1) * HASH_BYTES
    ? checksums.subarray(chunk * HASH_BYTES, (chunk + 1) * HASH_BYTES)
    : undefined;

/** Objects of one chunk need no sidecar: their digest is the chunk's checksum. */
export const checksumsFor = (digest: Digest, sidecar: Buffer | undefined): Buffer =>
  sidecar ?? Buffer.from(digest, 'hex');
