import { AwsClient } from 'aws4fetch';

export type S3Location = Readonly<{
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}>;

export const NOT_SIGNED = 'UNSIGNED-PAYLOAD';

/** A body with its length and its sha256 (hex, or NOT_SIGNED), which S3 wants before the first byte, and checks. */
export type S3Body = Readonly<{
  content: Buffer | ReadableStream;
  sizeBytes: number;
  sha256: string;
}>;

/** Signed requests to one bucket; `key` may have a query. Throws what the store complains of. */
export class S3Bucket {
  private readonly client: AwsClient;

  constructor(private readonly location: S3Location) {
    const { region, accessKeyId, secretAccessKey } = location;
    this.client = new AwsClient({ service: 's3', region, accessKeyId, secretAccessKey, retries: 3 });
  }

  /** Answers the ETag. */
  async put(key: string, { content, sizeBytes, sha256 }: S3Body): Promise<string> {
    // The signature must not be retried with a body that was read already, so streams are signed apart from sending.
    const signed = await this.client.sign(this.urlOf(key), {
      method: 'PUT',
      headers: { 'x-amz-content-sha256': sha256, 'content-length': String(sizeBytes) },
    });
    const answer = await fetch(signed.url, {
      method: 'PUT',
      headers: signed.headers,
      body: Buffer.isBuffer(content) ? new Uint8Array(content) : content,
      duplex: 'half',
    } as RequestInit);
    await this.check(answer, 'PUT', key);
    return answer.headers.get('etag') ?? '';
  }

  async send(key: string, init: RequestInit, alsoFine: readonly number[] = []): Promise<Response> {
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
