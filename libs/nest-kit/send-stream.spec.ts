import { jest } from '@jest/globals';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { RefusedError } from '@slipway/kernel';
import { ObjectClient } from './object-client.js';

describe('storing a stream in the blob-store', () => {
  let server: Server;
  afterEach(async () => {
    jest.restoreAllMocks();
    await new Promise((closed) => server.close(closed).closeAllConnections());
  });

  const client = async (answer: RequestListener): Promise<ObjectClient> => {
    server = createServer(answer);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new ObjectClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'key');
  };

  test('waits for an answer for which fetch has no patience left', async () => {
    const fetchGivesUp = new AbortController();
    const { fetch } = globalThis;
    jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation((url, init) => fetch(url, { ...init, signal: fetchGivesUp.signal }));
    const objects = await client(async (request, response) => {
      const { method, url, headers } = request;
      const asked = `${method} ${url} ${String(headers['x-slipway-internal-key'])}`;
      const sizeBytes = (await text(request)).length;
      fetchGivesUp.abort();
      response.end(JSON.stringify({ digest: asked, sizeBytes }));
    });
    const stored = await objects.put(Readable.from(['a ', 'layer'], { objectMode: false }));
    expect(stored).toEqual({ digest: 'PUT /objects key', sizeBytes: 7 });
  });

  test('hears a refusal while it sends, and lets go of the body', async () => {
    const objects = await client((_request, response) =>
      response.writeHead(409, { connection: 'close' }).end('it is another'),
    );
    const body = new PassThrough();
    const left = new Promise((resolve) => body.once('close', resolve));
    body.write('the first piece of many');
    const stored = objects.put(body);
    await expect(stored).rejects.toThrow(RefusedError);
    await expect(stored).rejects.toThrow('PUT /objects: the blob-store answered 409 it is another');
    await left;
  });

  test('a failure of the store is no refusal', async () => {
    const objects = await client((request, response) => {
      request.resume().once('end', () => response.writeHead(500).end('no room'));
    });
    const stored = objects.put(Readable.from(['x'], { objectMode: false }));
    await expect(stored).rejects.toThrow('answered 500 no room');
    await expect(stored).rejects.not.toThrow(RefusedError);
  });

  test('fails when the store hangs up', async () => {
    const objects = await client((request) => request.socket.destroy());
    await expect(objects.put(Readable.from(['x'], { objectMode: false }))).rejects.toThrow();
  });

  test('a body that breaks off is not stored', async () => {
    const seen: IncomingMessage[] = [];
    let broke: () => void = () => undefined;
    const hasBroken = new Promise<void>((resolve) => (broke = resolve));
    const objects = await client((request) => {
      seen.push(request.resume());
      request.once('error', () => broke());
      body.destroy(new Error('tar ended with 2'));
    });
    const body = new PassThrough();
    body.write('the first piece');
    await expect(objects.put(body)).rejects.toThrow('tar ended with 2');
    await hasBroken;
    expect(seen[0]?.complete).toBe(false);
  });
});
