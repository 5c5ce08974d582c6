import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { text } from 'node:stream/consumers';
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

type App = (incoming: IncomingMessage, answer: ServerResponse) => void;

/** What a client over HTTP/2 asks of an app. */
const before = async (app: App) => {
  const relay = await openRelay(app);
  const { front } = await openFront(always(taskAt(relay, 'ta-1')));
  const session = await openSession(front);
  const request = (headers: OutgoingHttpHeaders = {}): ClientHttp2Stream =>
    session.request({ ':path': '/', ':authority': 'a--b.localhost', ...headers });
  return { relay, request };
};

const headOf = async (stream: ClientHttp2Stream): Promise<IncomingHttpHeaders> =>
  ((await once(stream, 'response')) as [IncomingHttpHeaders])[0];

test('trailers that HTTP/2 has no place for are left out', async () => {
  const { request } = await before((_incoming, answer) => {
    answer.writeHead(200, { ...USER, te: 'x' }).write('whole');
    const refused = { 'transfer-encoding': 'z', 'proxy-connection': 'a', 'http2-settings': 'b', TE: 'c' };
    answer.addTrailers({ ...refused, connection: 'd', 'keep-alive': '1', upgrade: 'e', 'x-sum': '42' });
    answer.end();
  });
  const stream = request();
  const [[trailers], said] = await Promise.all([once(stream, 'trailers'), text(stream)]);
  expect([Object.keys(trailers as object), said]).toEqual([['x-sum'], 'whole']);
});

test('headers that an app repeats are each said once, cookies as often as they came', async () => {
  const { request } = await before((_incoming, answer) =>
    answer
      .writeHead(200, [
        ...[
          'x-slipway-outcome',
          'user',
          'x-content-type-options',
          'nosniff',
          'x-content-type-options',
          'nosniff',
        ],
        ...['etag', '"a"', 'etag', '"b"', 'vary', 'accept', 'vary', 'origin'],
        ...['set-cookie', 'a=1', 'set-cookie', 'a=1'],
      ])
      .end(),
  );
  expect(await headOf(request())).toMatchObject({
    ':status': 200,
    'x-content-type-options': 'nosniff',
    etag: '"a", "b"',
    vary: 'accept, origin',
    'set-cookie': ['a=1', 'a=1'],
  });
});

test('an answer that HTTP/2 cannot say is a failure, with none of its headers', async () => {
  const { request } = await before((_incoming, answer) =>
    answer.writeHead(999, { ...USER, 'content-encoding': 'gzip', 'x-app': '1' }).end('?'),
  );
  const head = await headOf(request());
  expect([head[':status'], head['content-encoding'], head['x-app']]).toEqual([503, undefined, undefined]);
});

/** Without a word of its end before it, as `close` says one. */
const reset = (stream: ClientHttp2Stream): void =>
  void stream.on('error', () => undefined).destroy(new Error('left'));

describe('a client that resets its stream before it is answered', () => {
  test('is told to the container', async () => {
    let asked: (left: Promise<unknown>) => void;
    const inside = new Promise<readonly [Promise<unknown>]>((resolve) => (asked = (left) => resolve([left])));
    const { request } = await before((_incoming, answer) => asked(once(answer, 'close')));
    const stream = request();
    const [left] = await inside;
    reset(stream);
    await left;
  });

  test.each([{}, { 'content-length': 1_000_000 }])('has not sent a whole body (%j)', async (headers) => {
    let saw: (isWhole: boolean) => void;
    const isWhole = new Promise<boolean>((resolve) => (saw = resolve));
    const { request } = await before((incoming) => {
      incoming.on('error', () => undefined).once('close', () => saw(incoming.complete));
      incoming.once('data', () => reset(stream)).resume();
    });
    const stream = request({ ':method': 'PUT', ...headers });
    stream.write('the beginning');
    expect(await isWhole).toBe(false);
  });

  test('in the middle of a small body, asks nothing', async () => {
    const { relay, request } = await before((_incoming, answer) => answer.writeHead(200, USER).end());
    const stream = request({ ':method': 'PUT', 'content-length': 10, 'x-try': 'cut' });
    stream.write('half');
    await new Promise((heard) => stream.session?.ping(heard));
    reset(stream);
    await new Promise((closed) => stream.once('close', closed));
    await headOf(request({ 'x-try': 'whole' }));
    expect(relay.seen.map(({ headers }) => headers['x-try'])).toEqual(['whole']);
  });
});
