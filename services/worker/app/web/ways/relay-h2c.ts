import type { ClientHttp2Session, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { headerPairs } from '@slipway/worker-core';
import { passTrailers } from '../pass-trailers.js';
import type { WebExchange } from '../web-exchange.js';

/** Belongs to HTTP/1.1 alone (RFC 9113, section 8.2.2). */
const FIRST_VERSION_HEADER = /^(host|transfer-encoding|connection|keep-alive|te)$/;

const outgoing = (exchange: WebExchange, authority: string): OutgoingHttpHeaders => {
  const headers: Record<string, string> = {
    ':method': exchange.request.method ?? 'GET',
    ':path': exchange.request.url ?? '/',
    ':scheme': 'http',
    ':authority': exchange.request.headers.host ?? authority,
  };
  for (const [name, value] of headerPairs(exchange.headers)) {
    const key = name.toLowerCase();
    if (FIRST_VERSION_HEADER.test(key)) continue;
    const before = headers[key];
    // Some may stand in one line only; that a list may be said in one or in several is the same for all others.
    headers[key] = before === undefined ? value : `${before}${key === 'cookie' ? '; ' : ', '}${value}`;
  }
  // gRPC servers insist on it, and trailers are always passed on.
  headers['te'] = 'trailers';
  return headers;
};

const flat = (headers: IncomingHttpHeaders): string[] =>
  Object.entries(headers)
    .filter(([name]) => !name.startsWith(':'))
    .flatMap(([name, value]) => [value ?? ''].flat().flatMap((each) => [name, each]));

/** Takes a request to a server that speaks HTTP/2 without TLS, and its answer back. */
export const relayH2c = (exchange: WebExchange, session: ClientHttp2Session, authority: string): void => {
  const { request: asked, answer, over } = exchange;
  const stream = session.request(outgoing(exchange, authority), { endStream: !exchange.hasBody });
  over.addEventListener('abort', () => stream.close(8), { once: true });
  let trailers: readonly string[] = [];
  stream.once(
    'response',
    exchange.guarded((headers: IncomingHttpHeaders) => {
      if (exchange.startAnswer(Number(headers[':status']), '', flat(headers)))
        stream.pipe(answer, { end: false });
      else stream.close(8);
    }),
  );
  stream.once('trailers', (headers) => (trailers = flat(headers)));
  stream.once(
    'end',
    exchange.guarded(() => {
      if (!answer.headersSent) return;
      passTrailers(trailers, answer);
      answer.end();
    }),
  );
  stream.once('error', (error) => exchange.fail('failed', `the server broke off (${error.message})`));
  stream.once('close', () => {
    if (!answer.writableEnded) exchange.fail('failed', 'the server closed the stream before it answered');
  });
  if (exchange.hasBody) asked.pipe(stream);
};
