import { once } from 'node:events';
import type { ClientHttp2Session, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  USER,
  always,
  closeScene,
  openFront,
  openRelay,
  openSession,
  route,
  taskAt,
} from '../web-front/web-front-scene.testing.js';

const DOMAIN = 'shop.example.com';

let client: ClientHttp2Session;

beforeAll(async () => {
  const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end('the shop'));
  const { front } = await openFront(always(taskAt(relay, 'ta-1')), route({ host: DOMAIN }));
  const api = new FastifyAdapter().getInstance();
  api.post('/v1/echo', async ({ body }) => body);
  await api.ready();
  client = await openSession(front, api.server);
});
afterAll(closeScene);

const ask = async (
  headers: OutgoingHttpHeaders,
  body = '',
): Promise<{ head: IncomingHttpHeaders; body: string }> => {
  const stream = client.request({ ':method': 'POST', ':path': '/v1/echo', ...headers });
  stream.setEncoding('utf8').end(body);
  const [head] = (await once(stream, 'response')) as [IncomingHttpHeaders];
  let said = '';
  for await (const part of stream) said += String(part);
  return { head, body: said };
};

const JSON_TYPE = { 'content-type': 'application/json' };

test.each(['127.0.0.1', 'gateway.example.com'])('the API at %s answers in HTTP/2', async (host) => {
  const { head, body } = await ask({ ':authority': host, ...JSON_TYPE }, '{"a":1}');
  expect(head[':status']).toBe(200);
  expect(body).toBe('{"a":1}');
});

test.each(['127.0.0.1', 'gateway.example.com'])('an rpc at %s is answered by gRPC', async (host) => {
  const { head } = await ask({ ':authority': host, 'content-type': 'application/grpc', te: 'trailers' });
  expect(head).toMatchObject({ ':status': 200, 'grpc-status': '12' });
});

test("a user's domain answers by its function, whatever is asked there", async () => {
  expect((await ask({ ':authority': DOMAIN })).body).toBe('the shop');
  expect((await ask({ ':authority': DOMAIN, 'content-type': 'application/grpc' })).body).toBe('the shop');
});

test('the API takes no WebSockets in HTTP/2', async () => {
  const socket = { ':method': 'CONNECT', ':protocol': 'websocket', ':scheme': 'http', ':path': '/v1/echo' };
  const stream = client.request({ ':authority': '127.0.0.1', ...socket });
  const [head] = (await once(stream, 'response')) as [IncomingHttpHeaders];
  expect(head[':status']).toBe(405);
  stream.close();
});
