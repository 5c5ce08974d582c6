import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { RefusedError } from '@slipway/kernel';
import { ObjectClient, type ObjectTimes } from './object-client.js';

describe('reading from the blob-store', () => {
  const content = randomBytes(300_000);
  let server: Server;
  let asked: (string | undefined)[];
  afterEach(() => new Promise((closed) => server.close(closed).closeAllConnections()));

  /** A blob-store that answers one request after the other with these, and every later one like the last. */
  const client = async (
    answers: readonly RequestListener[],
    times: Partial<ObjectTimes> = {},
  ): Promise<ObjectClient> => {
    asked = [];
    server = createServer((request, response) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(request.headers.range);
      answer?.(request, response);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const waits = { patienceMs: 120_000, silenceMs: 120_000, writeSilenceMs: 120_000, ...times };
    return new ObjectClient(`http://127.0.0.1:${port}`, 'key', waits);
  };

  const answers: RequestListener = (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': content.length - from });
    response.end(content.subarray(from));
  };
  const hangsUp: RequestListener = (request) => request.socket.destroy();
  const fails: RequestListener = (_request, response) => response.writeHead(500).end('no database');
  const misses: RequestListener = (_request, response) => response.writeHead(404).end('not here');
  const breaksAfter =
    (bytes: number): RequestListener =>
    (request, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, bytes), () => request.socket.destroy());
    };

  /** Neither ends the connection nor says more. */
  const fallsSilentAfter =
    (bytes: number): RequestListener =>
    (_request, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, bytes));
    };
  const saysNothing: RequestListener = () => undefined;

  test('asks again while connections break and the store fails', async () => {
    const objects = await client([hangsUp, fails, answers]);
    expect((await objects.getBytes('aa')).equals(content)).toBe(true);
    expect(asked).toHaveLength(3);
  });

  test('asks again whether something is there', async () => {
    const objects = await client([fails, misses]);
    expect(await objects.has('aa')).toBe(false);
  });

  test('goes on where a body broke off', async () => {
    const objects = await client([breaksAfter(100_000), hangsUp, answers]);
    expect((await buffer(await objects.getBlob('bl-1'))).equals(content)).toBe(true);
    expect(asked).toEqual([undefined, 'bytes=100000-', 'bytes=100000-']);
  });

  test('asks again where nothing is answered, and goes on where a body fell silent, though the silence was longer than the patience', async () => {
    const silent = [saysNothing, fallsSilentAfter(100_000), answers];
    const objects = await client(silent, { silenceMs: 3_000, patienceMs: 1_000 });
    expect((await buffer(await objects.get('aa'))).equals(content)).toBe(true);
    expect(asked).toEqual([undefined, undefined, 'bytes=100000-']);
  });

  test('asks again where nothing is said on whether something is there', async () => {
    const objects = await client([saysNothing, misses], { silenceMs: 3_000, patienceMs: 1_000 });
    expect(await objects.has('aa')).toBe(false);
  });

  test('an empty body is one', async () => {
    const objects = await client([(_request, response) => response.writeHead(200).end()]);
    expect(await objects.getBytes('aa')).toHaveLength(0);
  });

  test('what is not there is not asked for again', async () => {
    const objects = await client([misses]);
    await expect(objects.get('aa')).rejects.toThrow(RefusedError);
    await expect(objects.get('aa')).rejects.toThrow('the blob-store answered 404 not here');
    expect(asked).toHaveLength(2);
  });

  test('ends with the failure when the patience is over, in the middle of a body too', async () => {
    const failing = await client([fails], { patienceMs: 0 });
    await expect(failing.getBytes('aa')).rejects.toThrow('the blob-store answered 500 no database');
    server.close();
    const breaking = await client([breaksAfter(10), fails], { patienceMs: 0 });
    await expect(breaking.getBytes('aa')).rejects.toThrow();
  });

  test('a reader that leaves ends the request', async () => {
    let left: () => void = () => undefined;
    const hasLeft = new Promise<void>((resolve) => (left = resolve));
    const objects = await client([
      (request, response) => {
        request.socket.once('close', left);
        response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, 10));
      },
    ]);
    const body = await objects.get('aa');
    for await (const _piece of body) break;
    await hasLeft;
    expect(body.destroyed).toBe(true);
  });
});
