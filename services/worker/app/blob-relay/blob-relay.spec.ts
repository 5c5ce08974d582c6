import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startBlobRelay, type BlobRelay } from './blob-relay.js';

const SIZE_BYTES = 5_000_000;

describe('the relay to the blob-store', () => {
  let blobStore: Server;
  let relay: BlobRelay;
  let failures: number;
  let connections: number;

  beforeEach(async () => {
    failures = 0;
    connections = 0;
    blobStore = createServer((put, answer) => {
      if (failures-- > 0) return put.once('data', () => put.socket.destroy());
      let bytes = 0;
      put.on('data', (piece: Buffer) => (bytes += piece.length));
      put.once('end', () => answer.end(String(bytes)));
    });
    blobStore.on('connection', () => (connections += 1));
    await new Promise<void>((done) => blobStore.listen(0, '127.0.0.1', done));
    relay = await startBlobRelay('127.0.0.1', `http://127.0.0.1:${portOf(blobStore)}`);
  });

  afterEach(async () => {
    await relay.close();
    blobStore.closeAllConnections();
    blobStore.close();
  });

  const put = (): Promise<Readonly<{ status: number; text: string }>> =>
    new Promise((done, fail) => {
      const to = { host: '127.0.0.1', port: relay.port, method: 'PUT', path: '/blobs/1?signed' };
      const sent = request({ ...to, agent: false }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        answer.once('end', () => done({ status: answer.statusCode!, text }));
      });
      sent.once('error', fail);
      sent.end(Buffer.alloc(SIZE_BYTES));
    });

  test('passes a body on, each over a connection that nobody else can have closed', async () => {
    for (const _ of [1, 2]) expect(await put()).toEqual({ status: 200, text: String(SIZE_BYTES) });
    expect(connections).toBe(2);
  });

  test('says so to who still sends when the blob-store goes away in the middle, and the next try passes', async () => {
    failures = 1;
    expect(await put()).toMatchObject({ status: 502 });
    expect(await put()).toMatchObject({ status: 200 });
  });

  test('lets nothing but signed paths pass', async () => {
    const status = await new Promise((done) =>
      request({ host: '127.0.0.1', port: relay.port, path: '/v1/anything', agent: false }, (answer) =>
        done(answer.statusCode),
      ).end(),
    );
    expect(status).toBe(404);
  });
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
