import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobStore, Bytes } from '@slipway/blob-store-core';
import { ZERO_BLOCK, type Digest } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { BlockPart } from './route.js';

const ZEROS = new Uint8Array(256 * 1024);

/**
 * Sends a part of a volume's block. Blocks are stored without the zeros at their end: these are sent where the client does
 * not restore them itself. The head goes out after the first piece was verified; a later piece that turns out corrupted
 * breaks the connection before a byte of it was sent.
 */
export const sendBlock = async (
  store: BlobStore,
  digest: Digest,
  { first, end, padding }: BlockPart,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const storedBytes = digest === ZERO_BLOCK ? 0 : await store.sizeOf(digest);
  const bytes =
    storedBytes === undefined || storedBytes <= first
      ? undefined
      : await store.shelf.read(digest, { first, last: Math.min(end, storedBytes) - 1 });
  if (storedBytes === undefined || (bytes === undefined && storedBytes > first))
    throw new RefusedError(refuse('not-found', 'block-not-found', `block ${digest} is not in the store`));
  const contentBytes = Math.max(0, Math.min(end, storedBytes) - first);
  const zeroBytes = padding === 'by-server' ? end - first - contentBytes : 0;
  const head = {
    'content-type': 'application/octet-stream',
    'content-length': contentBytes + zeroBytes,
    // The block's digest is that of the body (RFC 9530) only where the body is the whole block and nothing else.
    ...(first === 0 && contentBytes === storedBytes && zeroBytes === 0
      ? { 'repr-digest': `sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:` }
      : {}),
  };
  if (request.method === 'HEAD') {
    response.writeHead(200, head).end();
    return;
  }
  const pieces = withZeros(bytes, zeroBytes);
  const firstPiece = await pieces.next();
  response.writeHead(200, head);
  const body = async function* (): AsyncGenerator<Uint8Array> {
    if (firstPiece.done) return;
    yield firstPiece.value;
    yield* pieces;
  };
  await pipeline(Readable.from(body(), { objectMode: false }), response);
};

async function* withZeros(bytes: Bytes | undefined, zeroBytes: number): AsyncGenerator<Uint8Array> {
  if (bytes) yield* bytes;
  for (let left = zeroBytes; left > 0; left -= ZEROS.length)
    yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
}
