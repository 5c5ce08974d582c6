import {
  createServer,
  request,
  type IncomingMessage,
  type RequestOptions,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type ClientHttp2Session } from 'node:http2';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { once } from 'node:events';
import { Server as GrpcServer } from '@grpc/grpc-js';
import type { AskOf, WebTask, WebTasks } from '@slipway/contracts';
import { createLogger } from '@slipway/telemetry';
import { openHttp1 } from '../public-port/open-http1.js';
import { openHttp2 } from '../public-port/open-http2.js';
import { WebHosts } from '../public-port/web-hosts.js';
import type { WebRouteRow } from '../store/web-entities.js';
import { WebFront } from './web-front.js';

type Relay = Readonly<{ server: Server; url: string; seen: IncomingMessage[] }>;

export const USER = { 'x-slipway-outcome': 'user' };
const servers: (TcpServer | Server)[] = [];
const fronts: WebFront[] = [];

const sessions: ClientHttp2Session[] = [];

const listening = async (server: TcpServer): Promise<string> => {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A worker's relay in small: the same contract, with an app of the test's own. */
export const openRelay = async (
  app: (incoming: IncomingMessage, answer: ServerResponse) => void,
): Promise<Relay> => {
  const seen: IncomingMessage[] = [];
  const server = createServer((incoming, answer) => {
    seen.push(incoming);
    app(incoming, answer);
  });
  server.on('checkContinue', (incoming: IncomingMessage, answer: ServerResponse) => {
    seen.push(incoming);
    answer.writeContinue();
    app(incoming, answer);
  });
  return { server, url: await listening(server), seen };
};

export const refusing = (outcome: string, status = 503) =>
  openRelay((_incoming, answer) =>
    answer
      .writeHead(status, { 'x-slipway-outcome': outcome })
      .end(JSON.stringify({ reason: `it is ${outcome}` })),
  );

export const route = (changes: Partial<WebRouteRow> = {}): WebRouteRow => ({
  host: 'a--b',
  functionId: 'fu-1',
  method: '',
  workspaceId: 'ws-1',
  environment: 'main',
  appId: 'ap-1',
  functionTag: 'b of a',
  kind: 'asgi',
  requiresProxyAuth: false,
  timeoutMs: 5_000,
  truncated: false,
  stolen: false,
  classParameters: null,
  claimedAt: 0,
  ...changes,
});

export const taskAt = (relay: Relay, taskId: string, maxRequests = 10): WebTask => ({
  taskId,
  relayUrl: relay.url,
  maxRequests,
});

type Poll = AskOf<'scheduler.await-web-tasks'>;
type Listed = Omit<WebTasks, 'proxyAuth'> & Partial<Pick<WebTasks, 'proxyAuth'>>;

type Find = (host: string) => WebRouteRow | undefined | Promise<WebRouteRow | undefined>;

export const HOSTS = new WebHosts({ publicUrl: 'http://127.0.0.1:1', webDomain: 'localhost' });

/** A gateway's public port whose scheduler answers what the test says: a list at once, the same list after a while. */
export const openFront = async (
  list: (ask: Poll, asked: number) => Listed | Promise<Listed>,
  found: WebRouteRow = route(),
  find: Find = (host) => (host === found.host ? found : undefined),
): Promise<{ url: string; front: WebFront; polls: Poll[] }> => {
  const polls: Poll[] = [];
  const front = new WebFront({
    bus: {
      request: (async (name: string, ask: Poll) => {
        if (name === 'scheduler.get-task') return { state: 'stopping' };
        polls.push(ask);
        const answer = await list(ask, polls.length);
        if (answer.revision === ask.knownRevision)
          await new Promise((resolve) => setTimeout(resolve, 30).unref());
        return { proxyAuth: {}, ...answer };
      }) as never,
    },
    routes: { find },
    access: {
      check: async () => ({
        status: 401,
        code: 'proxy-token-missing',
        reason: 'No token.',
        remedy: 'Send one.',
      }),
    },
    instances: { find: async (asked) => asked.functionId },
    logger: createLogger('spec', 'silent'),
    internalKey: 'key',
    gatewayId: 'gw-1',
  });
  fronts.push(front);
  const api = createServer((_incoming, answer) => answer.end('api'));
  return { url: await listening(openHttp1(api, front, HOSTS)), front, polls };
};

/** A client's connection of HTTP/2 to a gateway's public port. */
export const openSession = async (front: WebFront, api = createServer()): Promise<ClientHttp2Session> => {
  const take = openHttp2({ grpc: new GrpcServer(), http: api }, front, HOSTS);
  const session = connect(await listening(createTcpServer(take)));
  sessions.push(session);
  await once(session, 'remoteSettings');
  return session;
};

export const always =
  (...tasks: readonly WebTask[]) =>
  (): Listed => ({ revision: 1, tasks });

type Got = Readonly<{ status: number; headers: IncomingMessage['headers']; body: string; trailers: unknown }>;

export const ask = (url: string, options: RequestOptions = {}, body?: string | Buffer): Promise<Got> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { ...options, headers: { host: 'a--b.localhost', ...options.headers } });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString(),
          trailers: incoming.trailers,
        }),
      );
    });
    outgoing.end(body);
  });

/** After each test. */
export const closeScene = (): void => {
  fronts.splice(0).forEach((front) => front.close());
  sessions.splice(0).forEach((session) => session.destroy());
  servers.splice(0).forEach((server) => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
};
