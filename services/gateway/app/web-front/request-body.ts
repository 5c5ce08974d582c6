import type { IncomingMessage } from 'node:http';
import { isBrokenOff } from './is-broken-off.js';

/** A body that is held here can be sent again elsewhere. */
const MOST_HELD_BYTES = 64 * 1024;

/** `none`: no body; `held`: small, and whole here; `streamed`: taken from the client only once a container has let the request in. */
export type RequestBody =
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'held'; bytes: Buffer }>
  | Readonly<{ kind: 'streamed'; length: number | undefined }>;

const NONE: RequestBody = { kind: 'none' };

/** What the request brings. `mayCome` is called where the client waits to be told to send. Throws where the client breaks off. */
export const readBody = async (request: IncomingMessage, mayCome: () => void): Promise<RequestBody> => {
  const { headers } = request;
  const length = headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
  const isChunked = headers['transfer-encoding'] !== undefined;
  const hasUnknownLength = length === undefined && (isChunked || isOpenStream(request));
  if (!hasUnknownLength && (length ?? 0) === 0) return NONE;
  if (hasUnknownLength || (length ?? 0) > MOST_HELD_BYTES || headers.trailer !== undefined)
    return { kind: 'streamed', length };
  mayCome();
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (isBrokenOff(request)) throw new Error('aborted');
  return { kind: 'held', bytes: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks) };
};

/** HTTP/2 says no length of a body that it does not know; a request without one has ended with its head. */
const isOpenStream = (request: IncomingMessage): boolean =>
  request.httpVersionMajor === 2 &&
  (request as unknown as { stream: { endAfterHeaders: boolean } }).stream.endAfterHeaders === false;
