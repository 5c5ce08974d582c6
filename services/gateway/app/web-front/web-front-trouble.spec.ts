import { once } from 'node:events';
import type { OutgoingHttpHeaders } from 'node:http2';
import { BusUnavailableError } from '@slipway/messaging';
import type { WebRouteRow } from '../store/web-entities.js';
import {
  USER,
  always,
  ask,
  closeScene,
  openFront,
  openRelay,
  openSession,
  route,
  taskAt,
} from './web-front-scene.testing.js';

const DOMAIN = 'shop.example.com';

afterEach(closeScene);

/** A front whose database fails the first look-ups in this way. */
const frontAfter = async (failure: Error, failures: number, found: WebRouteRow = route()) => {
  const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end('up'));
  let asked = 0;
  return openFront(always(taskAt(relay, 'ta-1')), found, async () => {
    asked += 1;
    if (asked <= failures) throw failure;
    return found;
  });
};

const away = (): Error => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const broken = new Error('a table is missing');

test('while the database is away for a moment a request waits', async () => {
  const { url } = await frontAfter(away(), 2);
  expect(await ask(url)).toMatchObject({ status: 200, body: 'up' });
});

test('while the database is away for a moment a domain is not taken for the API', async () => {
  const { url } = await frontAfter(away(), 2, route({ host: DOMAIN }));
  expect(await ask(url, { headers: { host: DOMAIN } })).toMatchObject({ status: 200, body: 'up' });
});

test('while the scheduler is away for a moment a request waits', async () => {
  const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end('up'));
  const { url } = await openFront((_ask, asked) => {
    if (asked <= 2) throw new BusUnavailableError('scheduler.await-web-tasks', 'no responders');
    return { revision: 1, tasks: [taskAt(relay, 'ta-1')] };
  });
  expect(await ask(url)).toMatchObject({ status: 200, body: 'up' });
});

test.each(['a--b.localhost', DOMAIN])('what breaks on the way of %s is answered', async (host) => {
  const { url } = await frontAfter(broken, Infinity);
  const got = await ask(url, { headers: { host } });
  expect(got).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  expect(JSON.parse(got.body)).toMatchObject({ type: '/problems/platform-cannot-answer' });
  const upgrade = { host, connection: 'Upgrade', upgrade: 'websocket' };
  expect((await ask(url, { headers: upgrade })).status).toBe(503);
});

test.each<[string, string, OutgoingHttpHeaders]>([
  ['a request', 'a--b.localhost', { ':method': 'GET' }],
  ['a WebSocket', 'a--b.localhost', { ':method': 'CONNECT', ':protocol': 'websocket', ':scheme': 'http' }],
  ['an rpc', DOMAIN, { ':method': 'POST', 'content-type': 'application/grpc' }],
])('what breaks on the way of %s over HTTP/2 is answered', async (_what, host, headers) => {
  const { front } = await frontAfter(broken, Infinity);
  const session = await openSession(front);
  const stream = session.request({ ':path': '/', ':authority': host, ...headers });
  stream.end();
  const [answered] = (await once(stream, 'response')) as [OutgoingHttpHeaders];
  expect(answered[':status']).toBe(503);
});

test('a request waits for a place in a container however often it is told that none is free yet', async () => {
  let asked = 0;
  const relay = await openRelay((_incoming, answer) => {
    asked += 1;
    if (asked > 20) answer.writeHead(200, USER).end('free');
    else answer.writeHead(503, { 'x-slipway-outcome': 'busy' }).end('{}');
  });
  const { url } = await openFront(always(taskAt(relay, 'ta-1')));
  expect(await ask(url)).toMatchObject({ status: 200, body: 'free' });
});
