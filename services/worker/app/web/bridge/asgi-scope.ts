import { headerPairs, type FlatHeaders } from '@slipway/worker-core';
import { Tuple, type Picklable } from './pickle.js';

export type AsgiRequest = Readonly<{
  kind: 'http' | 'websocket';
  method: string;
  /** Path and query as they stand in the request line. */
  url: string;
  headers: FlatHeaders;
}>;

/** `%C3%BC` and what else stands in a path, as the text that it means. */
const decoded = (path: string): string =>
  Buffer.from(
    path.replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The scope dict of the ASGI specification (HTTP and WebSocket, version 2.3: the client's runtime raises nothing when an app sends to a client that has left), for a request as the relay has it. */
export const asgiScope = ({ kind, method, url, headers }: AsgiRequest): Picklable => {
  const [path = '/', ...query] = url.split('?');
  const pairs = headerPairs(headers);
  const value = (wanted: string): string | undefined =>
    pairs.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const client = value('x-forwarded-for')?.split(',')[0]?.trim();
  const secure = value('x-forwarded-proto') === 'https';
  const common = {
    asgi: { version: '3.0', spec_version: '2.3' },
    http_version: '1.1',
    path: decoded(path),
    raw_path: latin1(path),
    query_string: latin1(query.join('?')),
    root_path: '',
    headers: pairs.map(([name, text]) => new Tuple([latin1(name.toLowerCase()), latin1(text)])),
    client: client === undefined ? null : new Tuple([client, 0]),
  };
  return kind === 'http'
    ? {
        type: 'http',
        method,
        scheme: secure ? 'https' : 'http',
        extensions: { 'http.response.trailers': {} },
        ...common,
      }
    : {
        type: 'websocket',
        scheme: secure ? 'wss' : 'ws',
        subprotocols: (value('sec-websocket-protocol') ?? '')
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
        ...common,
      };
};
