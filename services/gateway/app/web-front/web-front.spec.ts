import {
  createServer,
  request,
  type IncomingMessage,
  type RequestOptions,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { once } from 'node:events';
import type { AskOf, WebTask, WebTasks } from '@slipway/contracts';
import { openHttp1 } from '../public-port/open-http1.js';
import { WebHosts } from '../public-port/web-hosts.js';
import type { WebRouteRow } from '../store/web-entities.js';
import { WebFront } from './web-front.js';

type Relay = Readonly<{ server: Server; url: string; seen: IncomingMessage[] }>;

const USER = { 'x-slipway-outcome': 'user' };
const servers: Server[] = [];
const fronts: WebFront[] = [];

const listening = async (server: Server): Promise<string> => {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A worker's relay in small: the same contract, with an app of the test's own. */
const openRelay = async (
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

const refusing = (outcome: string, status = 503) =>
  openRelay((_incoming, answer) =>
    answer
      .writeHead(status, { 'x-slipway-outcome': outcome })
      .end(JSON.stringify({ reason: `it is ${outcome}` })),
  );

const route = (changes: Partial<WebRouteRow> = {}): WebRouteRow => ({
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
  claimedAt: 0,
  ...changes,
});

const taskAt = (relay: Relay, taskId: string, maxRequests = 10): WebTask => ({
  taskId,
  relayUrl: relay.url,
  maxRequests,
});

type Poll = AskOf<'scheduler.await-web-tasks'>;

/** A gateway's public port whose scheduler answers what the test says: a list at once, the same list after a while. */
const openFront = async (
  list: (ask: Poll, asked: number) => WebTasks | Promise<WebTasks>,
  found: WebRouteRow = route(),
): Promise<{ url: string; polls: Poll[] }> => {
  const polls: Poll[] = [];
  const front = new WebFront({
    bus: {
      request: (async (_name: string, ask: Poll) => {
        polls.push(ask);
        const answer = await list(ask, polls.length);
        if (answer.revision === ask.knownRevision)
          await new Promise((resolve) => setTimeout(resolve, 30).unref());
        return answer;
      }) as never,
    },
    routes: { find: (host) => (host === found.host ? found : undefined) },
    access: {
      check: async () => ({
        status: 401,
        code: 'proxy-token-missing',
        reason: 'No token.',
        remedy: 'Send one.',
      }),
    },
    internalKey: 'key',
    gatewayId: 'gw-1',
  });
  fronts.push(front);
  const api = createServer((_incoming, answer) => answer.end('api'));
  const hosts = new WebHosts({ publicUrl: 'http://127.0.0.1:1', webDomain: 'localhost' });
  return { url: await listening(openHttp1(api, front, hosts)), polls };
};

const always =
  (...tasks: readonly WebTask[]) =>
  (): WebTasks => ({ revision: 1, tasks });

type Got = Readonly<{ status: number; headers: IncomingMessage['headers']; body: string; trailers: unknown }>;

const ask = (url: string, options: RequestOptions = {}, body?: string | Buffer): Promise<Got> =>
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

afterEach(() => {
  fronts.splice(0).forEach((front) => front.close());
  servers.splice(0).forEach((server) => {
    server.close();
    server.closeAllConnections();
  });
});

test('a request goes to the container as it came, and its answer comes back', async () => {
  const relay = await openRelay((incoming, answer) => {
    answer.writeHead(201, {
      ...USER,
      'x-app': 'yes',
      'set-cookie': ['a=1', 'b=2'],
      'x-slipway-timing': 'app;dur=1.0',
    });
    incoming.on('data', () => undefined).on('end', () => answer.end('made'));
  });
  const { url } = await openFront(always(taskAt(relay, 'ta-1')));
  const got = await ask(
    `${url}/items?x=1`,
    { method: 'POST', headers: { 'x-mine': 'v', 'x-slipway-key': 'forged', 'content-length': 5 } },
    'hello',
  );
  expect(got).toMatchObject({
    status: 201,
    body: 'made',
    headers: { 'x-app': 'yes', 'set-cookie': ['a=1', 'b=2'] },
  });
  expect(got.headers['server-timing']).toMatch(/^route;dur=.*, queue;dur=.*, start;dur=.*, app;dur=1\.0$/);
  expect(Object.keys(got.headers).filter((name) => name.startsWith('x-slipway'))).toEqual([]);
  expect(relay.seen[0]).toMatchObject({ method: 'POST', url: '/items?x=1' });
  expect(relay.seen[0]!.headers).toMatchObject({
    host: 'a--b.localhost',
    'x-mine': 'v',
    'x-slipway-key': 'key',
    'x-slipway-task': 'ta-1',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'a--b.localhost',
  });
});

test('a name that nobody has is told so, and hosts of the API reach the API', async () => {
  const { url } = await openFront(always());
  const unknown = await ask(url, { headers: { host: 'x--y.localhost' } });
  expect(unknown.status).toBe(404);
  expect(JSON.parse(unknown.body)).toMatchObject({ type: '/problems/endpoint-not-found' });
  expect(await ask(url, { headers: { host: '127.0.0.1' } })).toMatchObject({ status: 200, body: 'api' });
});

test('the first request waits while its container starts', async () => {
  const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end('up'));
  const { url, polls } = await openFront(({ demand }, asked) =>
    asked > 3 && demand.waiting > 0
      ? { revision: 2, tasks: [taskAt(relay, 'ta-1')] }
      : { revision: 1, tasks: [] },
  );
  const got = await ask(url);
  expect(got).toMatchObject({ status: 200, body: 'up' });
  expect(polls.some(({ demand }) => demand.waiting === 1)).toBe(true);
  expect(Number(/start;dur=([\d.]+)/.exec(String(got.headers['server-timing']))?.[1])).toBeGreaterThan(0);
});

test('a start that fails answers what waits with its reason', async () => {
  const { url } = await openFront(({ demand }) =>
    demand.waiting > 0
      ? { revision: 2, tasks: [], problem: { kind: 'start-failed', message: 'No module named x' } }
      : { revision: 1, tasks: [] },
  );
  const got = await ask(url);
  expect(got.status).toBe(503);
  expect(got.body).toContain('No module named x');
});

test.each(['gone', 'draining', 'busy'])(
  'a container that says %s is passed for another one',
  async (outcome) => {
    const away = await refusing(outcome);
    const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end('other'));
    const { url } = await openFront(always(taskAt(away, 'ta-1'), taskAt(relay, 'ta-2')));
    const options = { method: 'POST', headers: { 'content-length': 1 } };
    expect(await ask(url, options, 'x')).toMatchObject({ status: 200, body: 'other' });
  },
);

test.each([
  ['timeout', 504, 'function-timed-out'],
  ['failed', 502, 'container-broke-off'],
])('the outcome %s is answered %i with a reason', async (outcome, status, code) => {
  const { url } = await openFront(always(taskAt(await refusing(outcome, status), 'ta-1')));
  const got = await ask(url);
  expect(got.status).toBe(status);
  expect(JSON.parse(got.body)).toMatchObject({
    type: `/problems/${code}`,
    detail: expect.stringContaining(`it is ${outcome}`) as string,
  });
});

test('a connection that breaks: GET goes elsewhere, POST is told that it may have run', async () => {
  const breaking = await openRelay((incoming) => incoming.socket.destroy());
  const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end('other'));
  const tasks = always(taskAt(breaking, 'ta-1'), taskAt(relay, 'ta-2'));
  expect(await ask((await openFront(tasks)).url)).toMatchObject({ status: 200, body: 'other' });
  const options = { method: 'POST', headers: { 'content-length': 1 } };
  expect((await ask((await openFront(tasks)).url, options, 'x')).status).toBe(502);
});

test('a large body streams once the container has let it in, and trailers pass both ways', async () => {
  const size = 8 * 1024 * 1024;
  const relay = await openRelay((incoming, answer) => {
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => (bytes += chunk.length));
    incoming.on('end', () => {
      answer.writeHead(200, { ...USER, trailer: 'x-sum' });
      answer.write(String(bytes));
      answer.addTrailers({ 'x-sum': 'done' });
      answer.end();
    });
  });
  const { url } = await openFront(always(taskAt(relay, 'ta-1')));
  const options = { method: 'PUT', headers: { 'content-length': size } };
  const got = await ask(url, options, Buffer.alloc(size, 1));
  expect(got).toMatchObject({ status: 200, body: String(size), trailers: { 'x-sum': 'done' } });
  expect(relay.seen[0]!.headers.expect).toBe('100-continue');
});

test('an answer comes as it is made, not when it is whole', async () => {
  let finish: () => void = () => undefined;
  const relay = await openRelay((_incoming, answer) => {
    answer.writeHead(200, { ...USER, 'content-type': 'text/event-stream' });
    answer.write('data: 1\n\n');
    finish = () => answer.end('data: 2\n\n');
  });
  const { url } = await openFront(always(taskAt(relay, 'ta-1')));
  const outgoing = request(url, { headers: { host: 'a--b.localhost' } }).end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const [first] = (await once(incoming, 'data')) as [Buffer];
  expect(first.toString()).toBe('data: 1\n\n');
  finish();
  const [second] = (await once(incoming, 'data')) as [Buffer];
  expect(second.toString()).toBe('data: 2\n\n');
});

test('a client that hangs up is told to the container, and its place is free again', async () => {
  let left: () => void = () => undefined;
  const leaving = new Promise<void>((resolve) => (left = resolve));
  let calls = 0;
  const relay = await openRelay((_incoming, answer) => {
    calls += 1;
    if (calls > 1) return void answer.writeHead(200, USER).end('free');
    answer.writeHead(200, USER);
    answer.write('…');
    answer.once('close', left);
  });
  const { url } = await openFront(always(taskAt(relay, 'ta-1', 1)));
  const outgoing = request(url, { headers: { host: 'a--b.localhost' } }).end();
  outgoing.on('error', () => undefined);
  await once(outgoing, 'response');
  outgoing.destroy();
  await leaving;
  expect(await ask(url)).toMatchObject({ body: 'free' });
});

test('requests beyond what the containers take wait their turn', async () => {
  let inside = 0;
  let most = 0;
  const relay = await openRelay((_incoming, answer) => {
    inside += 1;
    most = Math.max(most, inside);
    setTimeout(() => {
      inside -= 1;
      answer.writeHead(200, USER).end();
    }, 5);
  });
  const { url } = await openFront(always(taskAt(relay, 'ta-1', 2)));
  const got = await Promise.all(Array.from({ length: 20 }, () => ask(url)));
  expect(got.every(({ status }) => status === 200)).toBe(true);
  expect(most).toBe(2);
});

test('an endpoint that asks for a token lets nobody in without', async () => {
  const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end());
  const { url } = await openFront(always(taskAt(relay, 'ta-1')), route({ requiresProxyAuth: true }));
  expect((await ask(url)).status).toBe(401);
  expect(relay.seen).toEqual([]);
});

test('a WebSocket is raw bytes both ways once it is agreed on', async () => {
  const relay = await openRelay(() => undefined);
  relay.server.on('upgrade', (incoming: IncomingMessage, socket: Duplex) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${String(incoming.headers['sec-websocket-key'])}!\r\n\r\n`,
    );
    socket.on('data', (chunk: Buffer) => socket.write(chunk.toString().toUpperCase()));
    socket.on('end', () => socket.end());
  });
  const { url } = await openFront(always(taskAt(relay, 'ta-1')));
  const outgoing = request(url, {
    headers: {
      host: 'a--b.localhost',
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'k',
    },
  }).end();
  const [incoming, socket] = (await once(outgoing, 'upgrade')) as [IncomingMessage, Socket];
  expect(incoming.headers['sec-websocket-accept']).toBe('k!');
  socket.write('hello');
  expect(String((await once(socket, 'data'))[0])).toBe('HELLO');
  socket.end();
  await once(socket, 'close');
});
