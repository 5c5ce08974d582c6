import { unlink } from 'node:fs/promises';
import type { Digest } from '@slipway/contracts';
import {
  CHUNK_BYTES,
  CorruptedObjectError,
  type ByteRange,
  type Bytes,
  type ObjectStore,
  type ReceivedObject,
} from '@slipway/blob-store-core';
import { IncomingFiles } from '../objects-on-disk/incoming-files.js';
import { checksumsFor } from '../verification/received-bytes.js';
import { verifiedPieces } from '../verification/verified-pieces.js';
import { PART_BYTES, putFile } from './put-file.js';
import { NOT_SIGNED, S3Bucket, type S3Location } from './s3-bucket.js';

/**
 * Objects in an S3 bucket under `objects/ab/cdef…`, with the same sidecars as on disk.
 * Bodies pass through a file on this machine, for S3 wants length and hash before the first byte.
 */
export class S3ObjectStore implements ObjectStore {
  private readonly bucket: S3Bucket;
  private readonly incoming: IncomingFiles;

  constructor(
    location: S3Location,
    incomingDir: string,
    private readonly partBytes = PART_BYTES,
  ) {
    this.bucket = new S3Bucket(location);
    this.incoming = new IncomingFiles(incomingDir);
  }

  async receive(body: Bytes): Promise<ReceivedObject> {
    const { path, digest, sizeBytes, md5Hex, checksums } = await this.incoming.write(body);
    return {
      digest,
      sizeBytes,
      md5Hex,
      commit: async () => {
        if (sizeBytes > CHUNK_BYTES)
          await this.bucket.put(sidecarOf(digest), {
            content: checksums,
            sizeBytes: checksums.length,
            sha256: NOT_SIGNED,
          });
        await putFile(this.bucket, keyOf(digest), { path, sizeBytes, sha256: digest }, this.partBytes);
        await unlink(path);
      },
      discard: async () => unlink(path),
    };
  }

  async read(digest: Digest, range?: ByteRange): Promise<Bytes | undefined> {
    const sizeBytes = await this.sizeOf(digest);
    if (sizeBytes === undefined) return undefined;
    const sidecar = sizeBytes > CHUNK_BYTES ? await this.readSidecar(digest) : undefined;
    return verifiedPieces(
      {
        digest,
        sizeBytes,
        checksums: checksumsFor(digest, sidecar),
        open: (asked) => this.readRange(keyOf(digest), asked),
      },
      range,
    );
  }

  async sizeOf(digest: Digest): Promise<number | undefined> {
    const answer = await this.bucket.send(keyOf(digest), { method: 'HEAD' }, [404]);
    return answer.status === 404 ? undefined : Number(answer.headers.get('content-length'));
  }

  async remove(digest: Digest): Promise<void> {
    await this.bucket.send(keyOf(digest), { method: 'DELETE' }, [404]);
    await this.bucket.send(sidecarOf(digest), { method: 'DELETE' }, [404]);
  }

  async sweepIncoming(before: number): Promise<void> {
    await this.incoming.sweep(before);
  }

  private async *readRange(key: string, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
    const answer = await this.bucket.send(key, { headers: { range: `bytes=${first}-${last}` } });
    if (answer.body) yield* answer.body as unknown as AsyncIterable<Uint8Array>;
  }

  private async readSidecar(digest: Digest): Promise<Buffer> {
    const answer = await this.bucket.send(sidecarOf(digest), {}, [404]);
    if (answer.status === 404) throw new CorruptedObjectError(digest, 'its checksums are gone');
    return Buffer.from(await answer.arrayBuffer());
  }
}

const keyOf = (digest: Digest): string => `objects/${digest.slice(0, 2)}/${digest.slice(2)}`;
const sidecarOf = (digest: Digest): string => `${keyOf(digest)}.sums`;
