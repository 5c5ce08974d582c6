import { request as httpRequest, type Agent, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FailedTry } from '@slipway/gateway-core';
import { forwardBody } from './forward-body.js';
import { toTask } from './forwarded-headers.js';
import { outcomeOf, readReason } from './relay-answer.js';
import type { RequestBody } from './request-body.js';
import type { Place } from './task-pool.js';

export type Sending = Readonly<{
  method: string;
  path: string;
  headers: readonly string[];
  body: RequestBody;
  incoming: IncomingMessage;
  isUpgrade: boolean;
  /** Called when a body that is streamed may come. */
  mayCome: () => void;
  /** The client went away. */
  signal: AbortSignal;
  onEarlyHints?: (headers: Readonly<Record<string, unknown>>) => void;
}>;

export type Sent =
  | Readonly<{ kind: 'answered'; upstream: IncomingMessage }>
  | Readonly<{ kind: 'upgraded'; upstream: IncomingMessage; socket: Socket; firstBytes: Buffer }>
  | Readonly<{ kind: 'failed'; failed: FailedTry; reason: string; bodyIsWhole: boolean }>
  | Readonly<{ kind: 'left' }>;

/** One try: the request to one container by its worker's relay, until the head of the answer. */
export const sendToRelay = (
  sending: Sending,
  { task, onLost }: Pick<Place, 'task' | 'onLost'>,
  agent: Agent,
): Promise<Sent> =>
  new Promise((resolve) => {
    const { body, incoming, signal } = sending;
    const { hostname, port } = relayAddress(task.relayUrl);
    const outgoing = httpRequest({
      hostname,
      port,
      method: sending.method,
      path: sending.path,
      headers: [...toTask(sending.headers, task), ...bodyHeaders(sending)],
      // A connection that is upgraded is used up.
      agent: sending.isUpgrade ? false : agent,
      setHost: false,
    });
    let bodyBegan = false;
    let isOver = false;
    let connected = false;
    const done = (sent: Sent): void => {
      if (isOver) return;
      isOver = true;
      resolve(sent);
    };
    const leave = (): void => {
      outgoing.destroy();
      done({ kind: 'left' });
    };
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    outgoing.once('close', () => signal.removeEventListener('abort', leave));
    outgoing.once('socket', (socket: Socket) => {
      // As the agent does: a worker whose host lost its power ends no connection.
      if (sending.isUpgrade) socket.setKeepAlive(true, KEEP_ALIVE_MS);
      if (!socket.connecting) connected = true;
      else socket.once('connect', () => (connected = true));
      const stays = onLost(() => socket.destroy());
      (sending.isUpgrade ? socket : outgoing).once('close', stays);
    });
    outgoing.on('error', (error) => {
      // What broke while it was being connected, whatever the reason, has taken nothing to a container.
      done({
        kind: 'failed',
        failed: { how: 'broken', sent: connected },
        reason: error.message,
        bodyIsWhole: !bodyBegan,
      });
    });
    outgoing.once('response', (upstream) => {
      const outcome = outcomeOf(upstream);
      if (outcome === 'user') return done({ kind: 'answered', upstream });
      void readReason(upstream).then(
        (reason) =>
          done({
            kind: 'failed',
            failed: { how: 'refused', outcome: outcome ?? 'failed' },
            reason,
            bodyIsWhole: !bodyBegan,
          }),
        () => undefined,
      );
    });
    outgoing.once('upgrade', (upstream, socket, firstBytes) =>
      done({ kind: 'upgraded', upstream, socket, firstBytes }),
    );
    outgoing.on('information', ({ statusCode, headers }) => {
      if (statusCode === EARLY_HINTS) sending.onEarlyHints?.(headers);
    });
    if (body.kind === 'none') return void outgoing.end();
    if (body.kind === 'held') return void outgoing.end(body.bytes);
    outgoing.once('continue', () => {
      bodyBegan = true;
      sending.mayCome();
      forwardBody(incoming, outgoing);
    });
    outgoing.flushHeaders();
  });

const EARLY_HINTS = 103;
const KEEP_ALIVE_MS = 1_000;

const bodyHeaders = ({ body, method, incoming, isUpgrade }: Sending): readonly string[] => {
  const saysLength = incoming.headers['content-length'] !== undefined && !isUpgrade;
  if (body.kind === 'none' && MAY_HAVE_BODY.has(method) && !saysLength) return EMPTY;
  if (body.kind !== 'streamed') return NOTHING;
  return body.length === undefined ? CHUNKED : EXPECTED;
};
const MAY_HAVE_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
const NOTHING: readonly string[] = [];
const EMPTY = ['content-length', '0'];
const EXPECTED = ['expect', '100-continue'];
const CHUNKED = [...EXPECTED, 'transfer-encoding', 'chunked'];

const addresses = new Map<string, Readonly<{ hostname: string; port: string }>>();

/** Where a worker’s relay is, as a socket takes it. */
export const relayAddress = (relayUrl: string): Readonly<{ hostname: string; port: string }> => {
  const known = addresses.get(relayUrl);
  if (known !== undefined) return known;
  const { hostname, port } = new URL(relayUrl);
  // A socket is given an IPv6 address without the brackets that a URL needs.
  const address = { hostname: hostname.replaceAll(/[[\]]/g, ''), port };
  addresses.set(relayUrl, address);
  return address;
};
