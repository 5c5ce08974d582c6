import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { serveHttp2Socket } from './serve-http2-socket.js';
import {
  USER,
  always,
  closeScene,
  openFront,
  openRelay,
  openSession,
  taskAt,
} from './web-front-scene.testing.js';

afterEach(closeScene);

const CONNECT = { ':method': 'CONNECT', ':protocol': 'websocket', ':scheme': 'http', ':path': '/' };
const AGREED = 'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n';
const TWO_COOKIES = 'set-cookie: a=1\r\nset-cookie: b=2\r\n';

test.each([
  ['an agreement', `${AGREED}${TWO_COOKIES}\r\n`, 200],
  ['a refusal', `HTTP/1.1 403 No\r\nx-slipway-outcome: user\r\n${TWO_COOKIES}content-length: 0\r\n\r\n`, 403],
])('all cookies of %s reach the client', async (_what, said, status) => {
  const relay = await openRelay(() => undefined);
  relay.server.on('upgrade', (_incoming: IncomingMessage, socket: Duplex) => socket.write(said));
  const { front } = await openFront(always(taskAt(relay, 'ta-1')));
  const stream = (await openSession(front)).request({ ...CONNECT, ':authority': 'a--b.localhost' });
  const [head] = (await once(stream, 'response')) as [IncomingHttpHeaders];
  expect(head).toMatchObject({ ':status': status, 'set-cookie': ['a=1', 'b=2'] });
  stream.destroy();
});

test('a stream that was reset and has not said so leaves no connection to the container, and its place is free', async () => {
  const relay = await openRelay((_incoming, answer) => answer.writeHead(200, USER).end());
  const stream = new Duplex({ emitClose: false, read: () => undefined, write: () => undefined });
  Object.assign(stream, {
    session: { socket: {} },
    respond: () => {
      throw new Error('The stream has been destroyed');
    },
  });
  const ended = new Promise<void>((resolve) =>
    relay.server.on('upgrade', (_incoming: IncomingMessage, socket: Duplex) => {
      stream.destroy();
      socket.write(`${AGREED}\r\n`);
      socket.once('end', resolve).resume();
    }),
  );
  const { front } = await openFront(always(taskAt(relay, 'ta-1', 1)));
  const headers = { ...CONNECT, ':authority': 'a--b.localhost', host: 'a--b.localhost' };
  await serveHttp2Socket(front, 'a--b', stream as ServerHttp2Stream, headers);
  await ended;
  const request = (await openSession(front)).request({ ':authority': 'a--b.localhost' });
  expect((await once(request, 'response'))[0]).toMatchObject({ ':status': 200 });
});
