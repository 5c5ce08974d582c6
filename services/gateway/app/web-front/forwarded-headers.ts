import type { IncomingMessage } from 'node:http';
import { RELAY_HEADERS, type WebTask } from '@slipway/contracts';
import type { TLSSocket } from 'node:tls';
import { readBearer } from './shown-token.js';

/** Headers that mean one connection, not the request. */
const OF_ONE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
]);
/** What opened this gateway is not for the user's app. */
const SECRETS: ReadonlySet<string> = new Set(['modal-secret', 'modal-authorization']);
const MAY_BE_SECRETS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization']);
const OURS = 'x-slipway-';
const FORWARDED: ReadonlySet<string> = new Set(['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host']);

export type Forwarding = Readonly<{ method: string; key: string; requestId: string }>;

/** The request's own headers as they came, with what the relay must know beside them. A flat list: name, value, name, value. */
export const requestHeaders = (
  request: IncomingMessage,
  { method, key, requestId }: Forwarding,
): string[] => {
  const { rawHeaders, headers } = request;
  const flat: string[] = [];
  const host = headers.host ?? String(headers[':authority'] ?? '');
  flat.push('host', host);
  let cookies: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase();
    if (name === 'host' || name.charCodeAt(0) === COLON || OF_ONE_CONNECTION.has(name)) continue;
    if (SECRETS.has(name) || FORWARDED.has(name) || name.startsWith(OURS)) continue;
    const value = rawHeaders[index + 1] as string;
    if (MAY_BE_SECRETS.has(name) && readBearer(value) !== undefined) continue;
    // HTTP/2 may send cookies in pieces; HTTP/1.1 has one header of them (RFC 9113, section 8.2.3).
    if (name === 'cookie') cookies = cookies === undefined ? value : `${cookies}; ${value}`;
    else flat.push(rawHeaders[index] as string, value);
  }
  if (cookies !== undefined) flat.push('cookie', cookies);
  const address = request.socket.remoteAddress ?? '';
  const before = headers['x-forwarded-for'];
  flat.push('x-forwarded-for', before === undefined ? address : `${String(before)}, ${address}`);
  flat.push('x-forwarded-proto', (request.socket as TLSSocket).encrypted ? 'https' : 'http');
  flat.push('x-forwarded-host', host);
  flat.push(RELAY_HEADERS.key, key, RELAY_HEADERS.requestId, requestId);
  if (method !== '') flat.push(RELAY_HEADERS.method, method);
  return flat;
};

const COLON = 58;

export const toTask = (headers: readonly string[], task: WebTask): string[] => [
  ...headers,
  RELAY_HEADERS.task,
  task.taskId,
];

/** The app's headers, or trailers, as they came, without those of the connection and of the relay. */
export const answerHeaders = (rawHeaders: readonly string[], more: readonly string[]): string[] => {
  const flat: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase();
    if (OF_ONE_CONNECTION.has(name) || name === 'te' || name.startsWith(OURS)) continue;
    flat.push(rawHeaders[index] as string, rawHeaders[index + 1] as string);
  }
  flat.push(...more);
  return flat;
};

/**
 * HTTP/2 wants names once. A list may be said in one line or in several (RFC 9110, section 5.3), cookies alone may not; Node
 * refuses several lines of what may stand once only.
 */
export const byName = (flat: readonly string[]): Record<string, string | string[]> => {
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (let index = 0; index < flat.length; index += 2) {
    const name = (flat[index] as string).toLowerCase();
    const value = flat[index + 1] as string;
    const before = headers.get(name);
    if (name === 'set-cookie') cookies.push(value);
    else if (before === undefined) headers.set(name, value);
    else if (before !== value) headers.set(name, `${before}, ${value}`);
  }
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 && { 'set-cookie': cookies }) };
};
