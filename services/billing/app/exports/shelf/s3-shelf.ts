import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import type { ExportShelf } from './export-shelf.js';

export type ExportBucket = Readonly<{
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Before the exports' own names: `billing/`. */
  prefix: string;
}>;

/** A bucket: each file under its export's id, with its digest in the signature, so that what arrives is what was written. */
export class S3Shelf implements ExportShelf {
  private readonly client: AwsClient;

  constructor(private readonly bucket: ExportBucket) {
    const { region, accessKeyId, secretAccessKey } = bucket;
    this.client = new AwsClient({ service: 's3', region, accessKeyId, secretAccessKey, retries: 3 });
  }

  async put(exportId: string, folder: string, names: readonly string[]): Promise<void> {
    for (const name of names) await this.putFile(this.urlOf(exportId, name), join(folder, name));
    await rm(folder, { recursive: true });
  }

  async remove(exportId: string, names: readonly string[]): Promise<void> {
    for (const name of names) {
      const url = this.urlOf(exportId, name);
      const answer = await this.client.fetch(url, { method: 'DELETE' });
      if (answer.status !== 404) await this.check(answer, 'DELETE', url);
    }
  }

  async read(exportId: string, name: string, { offset, bytes }: { offset: number; bytes: number }) {
    const url = this.urlOf(exportId, name);
    const head = await this.client.fetch(url, { method: 'HEAD' });
    if (head.status === 404) return undefined;
    await this.check(head, 'HEAD', url);
    const sizeBytes = Number(head.headers.get('content-length'));
    if (offset >= sizeBytes) return { sizeBytes, bytes: new Uint8Array() };
    const last = Math.min(offset + bytes, sizeBytes) - 1;
    const answer = await this.client.fetch(url, { headers: { range: `bytes=${offset}-${last}` } });
    await this.check(answer, 'GET', url);
    return { sizeBytes, bytes: new Uint8Array(await answer.arrayBuffer()) };
  }

  private async putFile(url: string, path: string): Promise<void> {
    const { size } = await stat(path);
    // Signed apart from sending: a stream that was read cannot be sent again.
    const signed = await this.client.sign(url, {
      method: 'PUT',
      headers: { 'x-amz-content-sha256': await digestOf(path), 'content-length': String(size) },
    });
    const answer = await fetch(signed.url, {
      method: 'PUT',
      headers: signed.headers,
      body: Readable.toWeb(createReadStream(path)),
      duplex: 'half',
    } as RequestInit);
    await this.check(answer, 'PUT', url);
  }

  private async check(answer: Response, method: string, url: string): Promise<void> {
    if (answer.ok) return;
    throw new Error(`${method} ${url}: the bucket answered ${answer.status} ${await answer.text()}`);
  }

  private urlOf(exportId: string, name: string): string {
    const { endpoint, bucket, prefix } = this.bucket;
    return `${endpoint.replace(/\/$/, '')}/${bucket}/${prefix}${exportId}/${name}`;
  }
}

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
};
