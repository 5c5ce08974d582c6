import { once } from 'node:events';
import { createServer, request, ServerResponse, type IncomingMessage } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { text } from 'node:stream/consumers';
import { WebExchange } from '../web-exchange.js';
import { PortPassage } from './port-passage.js';

const open: { close: () => unknown }[] = [];
afterEach(() => open.splice(0).forEach((each) => each.close()));

const portOf = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** The port of a relay in small, all of whose requests go to one server. */
const relayTo = async (port: number): Promise<number> => {
  const passage = new PortPassage({ address: '127.0.0.1', port, protocol: 'http/1.1' });
  const server = createServer((asked, answer) =>
    passage.relay(
      new WebExchange({ kind: 'http', request: asked, answer, firstBytes: Buffer.alloc(0), method: '' }),
    ),
  );
  server.on('upgrade', (asked: IncomingMessage, socket: Socket, firstBytes: Buffer) => {
    const answer = new ServerResponse(asked);
    answer.assignSocket(socket);
    answer.once('finish', () => socket.end());
    passage.relay(new WebExchange({ kind: 'websocket', request: asked, answer, firstBytes, method: '' }));
  });
  open.push(passage, server);
  return portOf(server);
};

const ask = async (port: number, method = 'GET') => {
  const asked = request({ host: '127.0.0.1', port, method, headers: { connection: 'close' } }).end();
  const [given] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: given.statusCode, body: await text(given), trailers: given.trailers };
};

test.each([
  ['GET', 200, 3],
  ['POST', 502, 2],
])('after a kept connection broke off, %s is answered with %i', async (method, status, times) => {
  let asked = 0;
  const app = createTcpServer((socket) =>
    socket.on('data', () => {
      asked += 1;
      if (asked === 2) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
    }),
  );
  open.push(app);
  const relay = await relayTo(await portOf(app));
  expect((await ask(relay)).status).toBe(200);
  expect((await ask(relay, method)).status).toBe(status);
  expect(asked).toBe(times);
});

test('an upgrade that names a length and is refused takes nothing from the next request', async () => {
  const app = createServer((asked, answer) =>
    answer.writeHead(asked.headers.upgrade === undefined ? 200 : 426).end('said'),
  );
  app.keepAliveTimeout = 60_000;
  open.push({ close: () => app.close().closeAllConnections() });
  const relay = await relayTo(await portOf(app));
  const socket = connect(relay, '127.0.0.1');
  socket.write(
    'GET / HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\ncontent-length: 9\r\n\r\n',
  );
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 426 /);
  expect(await ask(relay)).toMatchObject({ status: 200, body: 'said' });
});

test('trailers that mean one connection stay there', async () => {
  const app = createServer((_asked, answer) => {
    answer.writeHead(200).write('whole');
    answer.addTrailers({ te: 'x', 'keep-alive': '1', 'x-slipway-outcome': 'gone', 'x-sum': '42' });
    answer.end();
  });
  open.push({ close: () => app.close().closeAllConnections() });
  const given = await ask(await relayTo(await portOf(app)));
  expect(given).toMatchObject({ body: 'whole', trailers: { 'x-sum': '42' } });
  expect(Object.keys(given.trailers)).toEqual(['x-sum']);
});
