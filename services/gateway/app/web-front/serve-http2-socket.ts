import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { webProblem, type WebFailure } from '@slipway/gateway-core';
import { affinityOf } from './affinity.js';
import { answerHeaders, byName, requestHeaders } from './forwarded-headers.js';
import { reachContainer } from './reach-container.js';
import { joinSockets } from './serve-upgrade.js';
import { isFailure, type WebFront } from './web-front.js';

/** A WebSocket over HTTP/2 (RFC 8441): an HTTP/1.1 upgrade towards the container, and its bytes as the stream's. */
export const serveHttp2Socket = async (
  front: WebFront,
  host: string,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
): Promise<void> => {
  const leaving = new AbortController();
  stream.once('close', () => leaving.abort());
  stream.on('error', () => undefined);
  await joinContainer(front, { host, stream, headers, leaving: leaving.signal }).catch((error: unknown) =>
    failStream(stream, front.trouble(error), front.newRequestId()),
  );
};

/** Our own answer in the app's place. */
export const failStream = (stream: ServerHttp2Stream, failure: WebFailure, requestId: string): void => {
  const { contentType, body } = webProblem(failure, undefined, requestId);
  if (isOver(stream)) return;
  if (stream.headersSent) return stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  stream.respond({ ':status': failure.status, 'content-type': contentType });
  stream.end(body);
};

type Way = Readonly<{
  host: string;
  stream: ServerHttp2Stream;
  headers: IncomingHttpHeaders;
  leaving: AbortSignal;
}>;

const joinContainer = async (front: WebFront, { host, stream, headers, leaving }: Way): Promise<void> => {
  const incoming = asUpgrade(stream, headers);
  const entered = await front.enter(host, incoming, leaving);
  if (isFailure(entered)) return failStream(stream, entered, front.newRequestId());
  const { route, requestId } = entered;
  const sent = requestHeaders(incoming, { method: route.method, key: front.parts.internalKey, requestId });
  sent.push('connection', 'Upgrade', 'upgrade', String(headers[':protocol'] ?? 'websocket'));
  sent.push('sec-websocket-key', randomBytes(16).toString('base64'));
  const reached = await reachContainer(
    front,
    entered,
    {
      method: 'GET',
      path: String(headers[':path'] ?? '/'),
      headers: sent,
      body: { kind: 'none' },
      incoming,
      isUpgrade: true,
      mayCome: () => undefined,
      signal: leaving,
    },
    affinityOf(route, incoming.headers),
  );
  if (reached === undefined) return;
  if ('remedy' in reached) return failStream(stream, reached, requestId);
  const { sent: found, place } = reached;
  const theirs = found.kind === 'upgraded' ? found.socket : found.upstream;
  theirs.once('close', place.giveBack);
  stream.once('close', () => theirs.destroy());
  if (isOver(stream)) return void theirs.destroy();
  const agreed = byName(answerHeaders(found.upstream.rawHeaders, []));
  delete agreed['sec-websocket-accept'];
  if (found.kind === 'answered') {
    stream.respond({ ...agreed, ':status': found.upstream.statusCode ?? 502 });
    found.upstream.pipe(stream);
    return;
  }
  stream.respond({ ...agreed, ':status': 200 });
  if (found.firstBytes.length > 0) stream.write(found.firstBytes);
  joinSockets(stream, found.socket, place.giveBack);
};

/** A stream that was reset may not have said so yet, but it takes no answer. */
const isOver = (stream: ServerHttp2Stream): boolean => stream.destroyed || stream.closed;

/** What the parts that read requests of HTTP/1.1 look at. */
const asUpgrade = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): IncomingMessage => {
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).flatMap((one) => [name, String(one)]),
  );
  const socket = stream.session?.socket as Socket;
  return { headers, rawHeaders, socket, httpVersionMajor: 2, complete: true } as unknown as IncomingMessage;
};
