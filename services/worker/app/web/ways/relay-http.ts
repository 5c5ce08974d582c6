import { request, type Agent, type IncomingMessage, type OutgoingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { passEarlyHints } from '@slipway/protocol';
import { passTrailers } from '../pass-trailers.js';
import type { WebExchange } from '../web-exchange.js';
import { joinSockets } from './join-sockets.js';

export type HttpTarget = Readonly<{
  /** False: a connection for this request alone. */
  agent: Agent | false;
  host?: string;
  port?: number;
  /** Said to the app beside what the client said. */
  extraHeaders?: readonly string[];
}>;

/** Done twice, they do the same as once (RFC 9110, section 9.2.2). Whether a server has read what it never answered is not known. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);

/** Whose connection broke before it could have been read: it had been kept open from an earlier request. */
const isStale = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'ECONNRESET' || error.code === 'EPIPE';

/** Takes a request to an HTTP/1.1 server and its answer back, each as fast as the slower side reads. */
export const relayHttp = (exchange: WebExchange, target: HttpTarget): void => {
  const { request: asked, answer, over } = exchange;
  const upgrade = asked.headers.upgrade;
  const ahead = request({
    agent: target.agent,
    ...(target.host !== undefined && { host: target.host }),
    ...(target.port !== undefined && { port: target.port }),
    method: asked.method,
    path: asked.url,
    setHost: false,
    headers: [
      ...exchange.headers,
      ...(target.extraHeaders ?? []),
      ...(exchange.asked.kind === 'websocket'
        ? ['connection', 'Upgrade', 'upgrade', upgrade ?? 'websocket']
        : []),
    ],
  });
  const leave = (): void => void ahead.destroy();
  over.addEventListener('abort', leave, { once: true });
  let answered = false;
  ahead.on('information', ({ statusCode, headers }) => {
    if (statusCode === 103) passEarlyHints(answer, headers['link']);
  });
  ahead.once(
    'response',
    exchange.guarded((given: IncomingMessage) => {
      answered = true;
      passAnswer(given, exchange);
    }),
  );
  ahead.once(
    'upgrade',
    exchange.guarded((given: IncomingMessage, socket: Socket, firstBytes: Buffer) => {
      answered = true;
      over.removeEventListener('abort', leave);
      joinSockets(exchange, given, socket, firstBytes);
    }),
  );
  ahead.once('error', (error: NodeJS.ErrnoException) => {
    if (answered || over.aborted) return;
    if (ahead.reusedSocket && isStale(error) && !exchange.hasBody && IDEMPOTENT.has(ahead.method)) {
      over.removeEventListener('abort', leave);
      return relayHttp(exchange, target);
    }
    exchange.fail('failed', `the app broke off before it answered (${error.code ?? error.message})`);
  });
  if (exchange.hasBody) passOn(exchange, asked, ahead);
  else ahead.end();
};

const passAnswer = (given: IncomingMessage, exchange: WebExchange): void => {
  if (!exchange.startAnswer(given.statusCode ?? 502, given.statusMessage ?? '', given.rawHeaders))
    return void given.destroy();
  passOn(exchange, given, exchange.answer);
  // An answer that breaks in the middle must not look whole.
  given.once('error', () => exchange.socket.destroy());
  given.once('aborted', () => exchange.socket.destroy());
};

/** A body, as fast as it is read, and the trailers behind it. */
const passOn = (exchange: WebExchange, from: IncomingMessage, to: OutgoingMessage): void => {
  from.pipe(to, { end: false });
  from.once(
    'end',
    exchange.guarded(() => {
      passTrailers(from.rawTrailers, to);
      to.end();
    }),
  );
};
