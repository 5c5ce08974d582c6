import { request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
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

afterEach(closeScene);

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

describe('an app that answers before it has read the body', () => {
  const LARGE_BYTES = 64 * 1024 * 1024;
  const refusing = () =>
    openRelay((incoming, answer) => {
      if (incoming.method === 'GET') return void answer.writeHead(200, USER).end('next');
      incoming.once('data', () => {
        incoming.pause();
        answer.writeHead(413, { ...USER, trailer: 'x-sum' }).write('too large');
        answer.addTrailers({ 'x-sum': 'done' });
        answer.end();
      });
    });

  test('is heard by a client that sends all before it reads, and by its next request', async () => {
    const relay = await refusing();
    const { url } = await openFront(always(taskAt(relay, 'ta-1', 1)));
    const socket = connect(Number(new URL(url).port), '127.0.0.1').pause();
    socket.write(`POST / HTTP/1.1\r\nhost: a--b.localhost\r\ncontent-length: ${LARGE_BYTES}\r\n\r\n`);
    await new Promise((sent) => socket.write(Buffer.alloc(LARGE_BYTES), sent));
    socket.write('GET / HTTP/1.1\r\nhost: a--b.localhost\r\nconnection: close\r\n\r\n');
    const said = await text(socket);
    expect(said).toMatch(/^HTTP\/1\.1 413 .*too large.*HTTP\/1\.1 200 .*next/s);
    expect(relay.seen[0]!.socket).not.toBe(relay.seen[1]!.socket);
  });

  test('is heard over HTTP/2 to its last trailer, and the connection to it is not used again', async () => {
    const relay = await refusing();
    const { front } = await openFront(always(taskAt(relay, 'ta-1')));
    const session = await openSession(front);
    const stream = session.request({ ':method': 'POST', ':path': '/', ':authority': 'a--b.localhost' });
    const answered = Promise.all([once(stream, 'response'), once(stream, 'trailers'), text(stream)]);
    stream.end(Buffer.alloc(1024 * 1024));
    const [[head], [trailers], said] = await answered;
    expect([head, trailers, said]).toMatchObject([{ ':status': 413 }, { 'x-sum': 'done' }, 'too large']);
    const { socket } = relay.seen[0]!;
    if (!socket.destroyed) await once(socket, 'close');
  });
});

test('a client that sends all of its body before it reads hears that it may not, and may ask again', async () => {
  const { url } = await openFront(always(), route({ requiresProxyAuth: true }));
  const socket = connect(Number(new URL(url).port), '127.0.0.1').pause();
  socket.write('POST / HTTP/1.1\r\nhost: a--b.localhost\r\ncontent-length: 67108864\r\n\r\n');
  await new Promise((sent) => socket.write(Buffer.alloc(67_108_864), sent));
  socket.write('GET / HTTP/1.1\r\nhost: a--b.localhost\r\nconnection: close\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 401 .*HTTP\/1\.1 401 /s);
});

test('what follows the head of an upgrade is no body of it', async () => {
  const relay = await openRelay((_incoming, answer) => answer.writeHead(426, USER).end('no'));
  const { url } = await openFront(always(taskAt(relay, 'ta-1')));
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'content-length': 9 };
  expect((await ask(url, { headers: upgrade })).status).toBe(426);
  expect(relay.seen[0]!.headers['content-length']).toBeUndefined();
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
