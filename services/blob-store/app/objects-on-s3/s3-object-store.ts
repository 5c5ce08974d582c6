import { createReadStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
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

export type S3Location = Readonly<{
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}>;

/** The most that S3 takes in one request. */
const MOST_PUT_BYTES = 5 * 1024 ** 3;
const NOT_SIGNED = 'UNSIGNED-PAYLOAD';

/**
 * Objects in an S3 bucket under `objects/ab/cdef…`, with the same sidecars as on disk.
 * Bodies pass through a file on this machine, for S3 wants length and hash before the first byte.
 */
export class S3ObjectStore implements ObjectStore {
  private readonly client: AwsClient;
  private readonly incoming: IncomingFiles;

  constructor(
    private readonly location: S3Location,
    incomingDir: string,
  ) {
    const { region, accessKeyId, secretAccessKey } = location;
    this.client = new AwsClient({ service: 's3', region, accessKeyId, secretAccessKey, retries: 3 });
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
          await this.put(sidecarOf(digest), checksums, checksums.length, NOT_SIGNED);
        const file = Readable.toWeb(createReadStream(path, { highWaterMark: CHUNK_BYTES }));
        await this.put(keyOf(digest), file as ReadableStream, sizeBytes, digest);
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
    const answer = await this.send(keyOf(digest), { method: 'HEAD' }, [404]);
    return answer.status === 404 ? undefined : Number(answer.headers.get('content-length'));
  }

  async remove(digest: Digest): Promise<void> {
    await this.send(keyOf(digest), { method: 'DELETE' }, [404]);
    await this.send(sidecarOf(digest), { method: 'DELETE' }, [404]);
  }

  async sweepIncoming(before: number): Promise<void> {
    await this.incoming.sweep(before);
  }

  private async *readRange(key: string, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
    const answer = await this.send(key, { headers: { range: `bytes=${first}-${last}` } });
    if (answer.body) yield* answer.body as unknown as AsyncIterable<Uint8Array>;
  }

  private async readSidecar(digest: Digest): Promise<Buffer> {
    const answer = await this.send(sidecarOf(digest), {}, [404]);
    if (answer.status === 404) throw new CorruptedObjectError(digest, 'its checksums are gone');
    return Buffer.from(await answer.arrayBuffer());
  }

  private async put(
    key: string,
    body: Buffer | ReadableStream,
    sizeBytes: number,
    sha256: string,
  ): Promise<void> {
    if (sizeBytes > MOST_PUT_BYTES)
      throw new Error(
        `an object of ${sizeBytes} bytes does not fit: S3 takes at most ${MOST_PUT_BYTES} at once`,
      );
    // The signature must not be retried with a body that was read already, so streams are signed apart from sending.
    const signed = await this.client.sign(this.urlOf(key), {
      method: 'PUT',
      headers: { 'x-amz-content-sha256': sha256, 'content-length': String(sizeBytes) },
    });
    const answer = await fetch(signed.url, {
      method: 'PUT',
      headers: signed.headers,
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
      duplex: 'half',
    } as RequestInit);
    await this.check(answer, 'PUT', key);
  }

  private async send(key: string, init: RequestInit, alsoFine: readonly number[] = []): Promise<Response> {
    const answer = await this.client.fetch(this.urlOf(key), init);
    if (!alsoFine.includes(answer.status)) await this.check(answer, init.method ?? 'GET', key);
    return answer;
  }

  private async check(answer: Response, method: string, key: string): Promise<void> {
    if (answer.ok) return;
    throw new Error(`${method} ${key}: the object store answered ${answer.status} ${await answer.text()}`);
  }

  private urlOf(key: string): string {
    return `${this.location.endpoint.replace(/\/$/, '')}/${this.location.bucket}/${key}`;
  }
}

const keyOf = (digest: Digest): string => `objects/${digest.slice(0, 2)}/${digest.slice(2)}`;
const sidecarOf = (digest: Digest): string => `${keyOf(digest)}.sums`;
