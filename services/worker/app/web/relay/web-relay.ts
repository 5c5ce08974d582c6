import { timingSafeEqual } from 'node:crypto';
import { createServer, ServerResponse, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { RELAY_HEADERS, type TaskId } from '@slipway/contracts';
import { hostAndPort } from '../../network/host-and-port.js';
import type { FoundPlace } from '../../network/places-of-servers.js';
import { refuseRequest, WebExchange, type WebRequest } from '../web-exchange.js';
import type { WebTask } from '../web-task.js';

const LARGEST_HEAD_BYTES = 64 * 1024;
/** Gateways keep their connections, and close them earlier. */
const KEEP_ALIVE_MS = 120_000;

/** A gateway whose host lost its power ends no connection, and a WebSocket of it would hold its container for ever. */
const PROBED = { keepAlive: true, keepAliveInitialDelay: 10_000 };

const REASONS = {
  gone: (taskId: string) => `no task '${taskId}' takes web requests here`,
  draining: (taskId: string) => `the task ${taskId} lets its last requests end and takes no more`,
  busy: (taskId: string) => `the task ${taskId} has as many requests inside as it takes at once`,
} as const;

export type WebRelay = Readonly<{ url: string; close: () => Promise<void> }>;

/** The HTTP server before this worker's containers. Gateways alone may ask it; they prove it by the internal key. */
export const startWebRelay = async (
  place: FoundPlace,
  internalKey: string,
  tasks: ReadonlyMap<TaskId, WebTask>,
): Promise<WebRelay> => {
  const key = Buffer.from(internalKey);
  const isKey = (shown: string | string[] | undefined): boolean => {
    const given = Buffer.from(typeof shown === 'string' ? shown : '');
    return given.length === key.length && timingSafeEqual(given, key);
  };
  const admit = (asked: WebRequest): void => {
    const { request, answer } = asked;
    if (!isKey(request.headers[RELAY_HEADERS.key])) {
      answer.writeHead(403, { connection: 'close' }).end();
      return;
    }
    const taskId = String(request.headers[RELAY_HEADERS.task] ?? '') as TaskId;
    const task = tasks.get(taskId);
    const admission = task?.admit(asked.method) ?? 'gone';
    if (task === undefined || admission !== 'admitted') {
      const outcome = admission === 'admitted' ? 'gone' : admission;
      return refuseRequest(answer, outcome, REASONS[outcome](taskId));
    }
    // Only now may the body come: whoever was refused still has it.
    if (request.headers.expect !== undefined) answer.writeContinue();
    task.take(new WebExchange(asked));
  };
  const asPlain = (request: IncomingMessage, answer: ServerResponse): void =>
    admit({ kind: 'http', request, answer, firstBytes: Buffer.alloc(0), method: methodOf(request) });
  const server = createServer({ maxHeaderSize: LARGEST_HEAD_BYTES, requestTimeout: 0, ...PROBED }, asPlain);
  server.on('checkContinue', asPlain);
  server.on('upgrade', (request: IncomingMessage, socket: Socket, firstBytes: Buffer) => {
    const answer = new ServerResponse(request);
    answer.assignSocket(socket);
    socket.on('error', () => undefined);
    answer.once('finish', () => socket.end());
    admit({ kind: 'websocket', request, answer, firstBytes, method: methodOf(request) });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place.port, place.host, resolve);
  });
  return {
    url: `http://${hostAndPort(place.host, (server.address() as AddressInfo).port)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const methodOf = ({ headers }: IncomingMessage): string => String(headers[RELAY_HEADERS.method] ?? '');
