import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  trimZeros,
  ZERO_BLOCK,
  type AppId,
  type BlobId,
  type CallId,
  type Digest,
  type WorkspaceId,
} from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import { abortWithin } from './abort-within.js';
import { askAgain } from './ask-again.js';
import { resumedBody, type ReadTimes } from './resumed-body.js';
import { sendBytes } from './send-bytes.js';
import { sendStream } from './send-stream.js';

export type StoredObject = Readonly<{ digest: Digest; sizeBytes: number }>;

/** How reads, and writes that are asked again, wait for a blob-store that does not answer. */
export type ObjectTimes = ReadTimes &
  Readonly<{
    /** How long one try of a write waits until more of it is taken, or for its answer: it comes when all of it is on a disk. */
    writeSilenceMs: number;
  }>;

const TIMES: ObjectTimes = { patienceMs: 2 * 60 * 1000, silenceMs: 20_000, writeSilenceMs: 60_000 };

/**
 * The blob-store's internal side over HTTP: whole objects by content, and blobs by id. Bodies stream.
 * What is read, and a blob that is put, wait out a blob-store that starts anew or is cut off. Throws a RefusedError for what it refuses or does not have.
 */
export class ObjectClient {
  constructor(
    private readonly baseUrl: string,
    private readonly internalKey: string,
    private readonly times = TIMES,
  ) {}

  /** Stores bytes under the digest that the blob-store computes; what comes as a stream may take its time there. */
  async put(body: Readable | Buffer): Promise<StoredObject> {
    const path = '/objects';
    if (Buffer.isBuffer(body)) return this.write<StoredObject>('PUT', path, body);
    const response = await answerTo('PUT', path, await sendStream(this.urlOf(path), this.key, body));
    return (await response.json()) as StoredObject;
  }

  /** Stores what an app or a call is made of, which is kept as long as that goes on, and for a day after it. */
  async putUsed(content: Buffer, usedBy: AppId | CallId): Promise<Digest> {
    const path = `/objects?usedBy=${encodeURIComponent(usedBy)}`;
    return (await this.write<StoredObject>('PUT', path, content)).digest;
  }

  /** Stores a small file, which is kept while something refers to it, and for a day before that. */
  async putFile(content: Buffer): Promise<Digest> {
    return (await this.write<StoredObject>('PUT', '/objects?keep=no', content)).digest;
  }

  /** Stores a block (of a volume's file: up to 8 MiB) like a file, without the zeros at its end; one of zeros alone is not stored. */
  async putBlock(block: Buffer): Promise<Digest> {
    const content = trimZeros(block);
    return content.length === 0 ? ZERO_BLOCK : this.putFile(content);
  }

  async has(digest: Digest): Promise<boolean> {
    const { patienceMs, silenceMs } = this.times;
    const ask = () => {
      const { signal, end } = abortWithin(silenceMs);
      return this.send('HEAD', `/objects/${digest}`, { signal }, [404]).finally(end);
    };
    return (await askAgain(ask, { patienceMs })).status !== 404;
  }

  get(digest: Digest): Promise<Readable> {
    return this.read(`/objects/${digest}`);
  }

  async getBytes(digest: Digest): Promise<Buffer> {
    return buffer(await this.get(digest));
  }

  /** Sent twice, the bytes are stored once; an id that nobody heard of expires. */
  async putBlob(workspaceId: WorkspaceId, body: Buffer): Promise<BlobId> {
    const path = `/internal-blobs?workspaceId=${encodeURIComponent(workspaceId)}`;
    const ask = () => this.write<Readonly<{ blobId: BlobId }>>('POST', path, body);
    return (await askAgain(ask, this.times)).blobId;
  }

  getBlob(blobId: BlobId): Promise<Readable> {
    return this.read(`/internal-blobs/${blobId}`);
  }

  private read(path: string): Promise<Readable> {
    const openAt = (byte: number, signal: AbortSignal): Promise<Response> =>
      this.send('GET', path, { signal, ...(byte > 0 && { headers: { range: `bytes=${byte}-` } }) });
    return resumedBody(openAt, this.times);
  }

  private write<Answer>(method: string, path: string, body: Buffer): Promise<Answer> {
    return sendBytes(
      body,
      this.times.writeSilenceMs,
      async (init) => (await this.send(method, path, init)).json() as Promise<Answer>,
    );
  }

  private get key(): Record<string, string> {
    return { 'x-slipway-internal-key': this.internalKey };
  }

  private urlOf(path: string): URL {
    return new URL(path, this.baseUrl);
  }

  private async send(
    method: string,
    path: string,
    init: RequestInit = {},
    alsoFine: readonly number[] = [],
  ): Promise<Response> {
    const headers = { ...init.headers, ...this.key };
    return answerTo(method, path, await fetch(this.urlOf(path), { ...init, method, headers }), alsoFine);
  }
}

/** Throws where the blob-store refused or failed. */
const answerTo = async (
  method: string,
  path: string,
  response: Response,
  alsoFine: readonly number[] = [],
): Promise<Response> => {
  if (response.ok || alsoFine.includes(response.status)) return response;
  const { status } = response;
  const message = `${method} ${path}: the blob-store answered ${status} ${await response.text()}`;
  if (status >= 500) throw new Error(message);
  throw new RefusedError(refuse(status === 404 ? 'not-found' : 'conflict', `blob-store-${status}`, message));
};
