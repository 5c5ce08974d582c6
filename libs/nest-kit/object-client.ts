import { Readable } from 'node:stream';
import { trimZeros, ZERO_BLOCK, type BlobId, type Digest, type WorkspaceId } from '@slipway/contracts';

export type StoredObject = Readonly<{ digest: Digest; sizeBytes: number }>;

/** The blob-store's internal side over HTTP: whole objects by content, and blobs by id. Bodies stream. */
export class ObjectClient {
  constructor(
    private readonly baseUrl: string,
    private readonly internalKey: string,
  ) {}

  /** Stores bytes under the digest that the blob-store computes. */
  async put(body: Readable | Buffer): Promise<StoredObject> {
    const response = await this.send('PUT', '/objects', body);
    return (await response.json()) as StoredObject;
  }

  /**
   * Stores a block (of a volume's file: up to 8 MiB) without the zeros at its end; one of zeros alone is not stored.
   * It is kept while something refers to it, and for a day before that.
   */
  async putBlock(block: Buffer): Promise<Digest> {
    const content = trimZeros(block);
    if (content.length === 0) return ZERO_BLOCK;
    const response = await this.send('PUT', '/objects?keep=no', content);
    return ((await response.json()) as StoredObject).digest;
  }

  async has(digest: Digest): Promise<boolean> {
    return (await this.send('HEAD', `/objects/${digest}`, undefined, [404])).status !== 404;
  }

  async get(digest: Digest): Promise<Readable> {
    return streamOf(await this.send('GET', `/objects/${digest}`));
  }

  async getBytes(digest: Digest): Promise<Buffer> {
    return Buffer.from(await (await this.send('GET', `/objects/${digest}`)).arrayBuffer());
  }

  async putBlob(workspaceId: WorkspaceId, body: Buffer): Promise<BlobId> {
    const path = `/internal-blobs?workspaceId=${encodeURIComponent(workspaceId)}`;
    const response = await this.send('POST', path, body);
    return ((await response.json()) as { blobId: BlobId }).blobId;
  }

  async getBlob(blobId: BlobId): Promise<Readable> {
    return streamOf(await this.send('GET', `/internal-blobs/${blobId}`));
  }

  private async send(
    method: string,
    path: string,
    body?: Readable | Buffer,
    alsoFine: readonly number[] = [],
  ): Promise<Response> {
    const response = await fetch(new URL(path, this.baseUrl), {
      method,
      headers: { 'x-slipway-internal-key': this.internalKey },
      ...(body === undefined ? {} : bodyOf(body)),
    });
    if (response.ok || alsoFine.includes(response.status)) return response;
    throw new Error(`${method} ${path}: the blob-store answered ${response.status} ${await response.text()}`);
  }
}

const bodyOf = (body: Readable | Buffer): RequestInit & { duplex?: 'half' } =>
  Buffer.isBuffer(body)
    ? { body: new Uint8Array(body) }
    : { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' };

const streamOf = (response: Response): Readable =>
  response.body === null
    ? Readable.from([])
    : Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
