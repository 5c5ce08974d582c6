import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { putFile } from './put-file.js';
import { S3Bucket } from './s3-bucket.js';

const BEGUN = '<InitiateMultipartUploadResult><UploadId>a/b</UploadId></InitiateMultipartUploadResult>';
const JOINED = '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>';

type Answer = Readonly<{ status?: number; etag?: string; body?: string }>;

describe('a file that is too large for one request to S3', () => {
  let folder: string;
  let server: Server;
  let asked: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'put-file-'));
    await writeFile(join(folder, 'file'), '0123456789');
  });
  afterEach(async () => {
    await new Promise((closed) => server.close(closed).closeAllConnections());
    await rm(folder, { recursive: true });
  });

  /** Stores the file in parts of four bytes; `answer` may answer a request in its own way, the first time. */
  const put = async (answers: Readonly<Record<string, Answer>> = {}): Promise<void> => {
    asked = [];
    const once = new Map(Object.entries(answers));
    server = createServer(async (request, response) => {
      const said = `${request.method} ${request.url?.split('?')[1]} ${await text(request)}`;
      asked.push(said);
      const own = once.get(said);
      once.delete(said);
      const usual: Answer =
        request.method === 'PUT'
          ? { etag: `"${asked.length}"` }
          : { body: request.url?.endsWith('uploads=') ? BEGUN : JOINED };
      const { status = 200, etag, body = '' } = own ?? usual;
      response.writeHead(status, etag === undefined ? {} : { etag }).end(body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const of = { region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret' };
    const file = { path: join(folder, 'file'), sizeBytes: 10, sha256: 'not asked for' };
    await putFile(new S3Bucket({ endpoint, bucket: 'slipway', ...of }), 'objects/aa/bb', file, 4);
  };
  const joining = (...etags: readonly string[]): string =>
    `POST uploadId=a%2Fb <CompleteMultipartUpload>${etags
      .map((etag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>"${etag}"</ETag></Part>`)
      .join('')}</CompleteMultipartUpload>`;

  test('goes in parts, which are joined in their order', async () => {
    await put();
    expect(asked).toEqual([
      'POST uploads= ',
      'PUT partNumber=1&uploadId=a%2Fb 0123',
      'PUT partNumber=2&uploadId=a%2Fb 4567',
      'PUT partNumber=3&uploadId=a%2Fb 89',
      joining('2', '3', '4'),
    ]);
  });

  test('has a part sent again that failed', async () => {
    await put({ 'PUT partNumber=2&uploadId=a%2Fb 4567': { status: 503, body: 'SlowDown' } });
    expect(asked.slice(2, 4)).toEqual([asked[2], asked[2]]);
    expect(asked.at(-1)).toBe(joining('2', '4', '5'));
  });

  test('leaves no parts behind when they cannot be joined, which S3 may say after its status', async () => {
    const failing = put({ [joining('2', '3', '4')]: { body: '<Error><Code>InternalError</Code></Error>' } });
    await expect(failing).rejects.toThrow('InternalError');
    expect(asked.at(-1)).toBe('DELETE uploadId=a%2Fb ');
  });
});
