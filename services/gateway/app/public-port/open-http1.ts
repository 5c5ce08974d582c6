import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerFailure, type WebFront } from '../web-front/web-front.js';
import { serveRequest } from '../web-front/serve-request.js';
import { serveUpgrade } from '../web-front/serve-upgrade.js';
import type { WebHosts } from './web-hosts.js';

const HEAD_WITHIN_MS = 60_000;
const KEEP_ALIVE_MS = 75_000;

/** An HTTP/1.1 server that binds no port: requests for web endpoints go to their front, all others to the API. */
export const openHttp1 = (
  api: Server,
  front: WebFront,
  hosts: WebHosts,
  headWithinMs = HEAD_WITHIN_MS,
): Server => {
  const server = createServer({
    // A body may take as long as the function that reads it.
    requestTimeout: 0,
    headersTimeout: headWithinMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: headWithinMs / 4,
    noDelay: true,
    // Nobody is made to go on in HTTP/2 on a connection that began in HTTP/1.1.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
  });
  const serve = (incoming: IncomingMessage, answer: ServerResponse, isExpected: boolean): void => {
    const host = hosts.read(incoming.headers.host);
    if (host.kind === 'label') return void serveRequest(front, host.host, incoming, answer, isExpected);
    const toApi = (): void => {
      if (isExpected) answer.writeContinue();
      api.emit('request', incoming, answer);
    };
    if (host.kind === 'api') return toApi();
    const hasLeft = (): boolean => incoming.socket.destroyed;
    void front.isKnown(host.host, hasLeft).then(
      (isKnown) => {
        if (isKnown) void serveRequest(front, host.host, incoming, answer, isExpected);
        else toApi();
      },
      (error: unknown) =>
        answerFailure(answer, front.trouble(error), { incoming, requestId: front.newRequestId() }),
    );
  };
  server.on('request', (incoming: IncomingMessage, answer: ServerResponse) => serve(incoming, answer, false));
  server.on('checkContinue', (incoming: IncomingMessage, answer: ServerResponse) =>
    serve(incoming, answer, true),
  );
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, firstBytes: Buffer) => {
    const host = hosts.read(incoming.headers.host);
    if (host.kind === 'api') return void socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    void serveUpgrade(front, host.host, incoming, socket, firstBytes);
  });
  // Node looks for slow heads from then on, and this server will say so of itself never.
  server.emit('listening');
  return server;
};
