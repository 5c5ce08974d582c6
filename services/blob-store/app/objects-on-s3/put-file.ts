import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CHUNK_BYTES } from '@slipway/blob-store-core';
import { askAgain } from '@slipway/nest-kit';
import type { S3Body, S3Bucket } from './s3-bucket.js';

export type StoredFile = Readonly<{ path: string; sizeBytes: number; sha256: string }>;

/** S3 takes 5 GiB in one request, and 10,000 parts: 5 TiB, its largest object, are 5,120 of these. */
export const PART_BYTES = 1024 ** 3;
/** How long one part is sent again when it fails: whoever sent the object would have to send all of it. */
const PATIENCE_MS = 60_000;

/** Stores a file: a large one in parts, of which S3 makes one object when it has them all. */
export const putFile = async (
  bucket: S3Bucket,
  key: string,
  { path, sizeBytes, sha256 }: StoredFile,
  partBytes: number,
): Promise<void> => {
  if (sizeBytes <= partBytes) {
    await bucket.put(key, { content: contentOf(path), sizeBytes, sha256 });
    return;
  }
  const begun = await (await bucket.send(`${key}?uploads=`, { method: 'POST' })).text();
  const upload = `uploadId=${encodeURIComponent(elementOf(begun, 'UploadId'))}`;
  try {
    const parts: string[] = [];
    for (let first = 0; first < sizeBytes; first += partBytes) {
      const part = `${key}?partNumber=${parts.length + 1}&${upload}`;
      const last = Math.min(first + partBytes, sizeBytes) - 1;
      const etag = await askAgain(async () => bucket.put(part, await partOf(path, first, last)), {
        patienceMs: PATIENCE_MS,
      });
      parts.push(`<Part><PartNumber>${parts.length + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
    }
    const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
    // A failure may come with the status 200: S3 answers before it has joined the parts.
    elementOf(await (await bucket.send(`${key}?${upload}`, { method: 'POST', body })).text(), 'ETag');
  } catch (error) {
    // Parts of an upload that is not ended are kept, and paid for.
    await bucket.send(`${key}?${upload}`, { method: 'DELETE' }).catch(() => undefined);
    throw error;
  }
};

const contentOf = (path: string, first = 0, last = Infinity): ReadableStream =>
  Readable.toWeb(
    createReadStream(path, { start: first, end: last, highWaterMark: CHUNK_BYTES }),
  ) as ReadableStream;

const partOf = async (path: string, first: number, last: number): Promise<S3Body> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { start: first, end: last, highWaterMark: CHUNK_BYTES }), hash);
  return {
    content: contentOf(path, first, last),
    sizeBytes: last - first + 1,
    sha256: hash.digest('hex'),
  };
};

/** Throws when S3 said something else. */
const elementOf = (xml: string, name: string): string => {
  const text = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1];
  if (text === undefined) throw new Error(`the object store answered no ${name}: ${xml}`);
  return text;
};
