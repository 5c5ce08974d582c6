import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseRange, type BlobStore, type ByteRange } from '@slipway/blob-store-core';
import type { Digest } from '@slipway/contracts';
import { accepted, refuse, RefusedError } from '@slipway/kernel';

/**
 * Sends a stored object, or the range of it that is asked for. The head goes out after the first piece was verified;
 * when a later piece turns out corrupted, the connection breaks before a byte of it was sent.
 */
export const sendObject = async (
  store: BlobStore,
  digest: Digest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const sizeBytes = await store.sizeOf(digest);
  if (sizeBytes === undefined) throw missing(digest);
  const range = parseRange(request.headers.range, sizeBytes);
  const asked = accepted<ByteRange | undefined>(range);
  const head = {
    'content-type': 'application/octet-stream',
    'accept-ranges': 'bytes',
    etag: `"${digest}"`,
    'content-length': asked ? asked.last - asked.first + 1 : sizeBytes,
    ...(asked ? { 'content-range': `bytes ${asked.first}-${asked.last}/${sizeBytes}` } : {}),
  };
  const status = asked ? 206 : 200;
  if (request.method === 'HEAD') {
    response.writeHead(status, head).end();
    return;
  }
  const bytes = await store.shelf.read(digest, asked);
  if (!bytes) throw missing(digest);
  const pieces = bytes[Symbol.asyncIterator]();
  const first = await pieces.next();
  response.writeHead(status, head);
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    if (first.done) return;
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => pieces };
  };
  await pipeline(Readable.from(rest(), { objectMode: false }), response);
};

const missing = (digest: Digest): RefusedError =>
  new RefusedError(refuse('not-found', 'object-not-found', `object ${digest} is not in the store`));
