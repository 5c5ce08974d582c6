import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ObjectClient } from '@slipway/nest-kit';
import { storedVolume } from './stored-volume.js';

describe('a volume as the blob-store keeps it', () => {
  const asked: string[] = [];
  let blobStore: Server;

  beforeAll(async () => {
    blobStore = createServer((put, answer) => {
      asked.push(`${put.method} ${put.url}`);
      const hash = createHash('sha256');
      put.on('data', (piece: Buffer) => hash.update(piece));
      put.once('end', () => answer.end(JSON.stringify({ digest: hash.digest('hex'), sizeBytes: 5 })));
    });
    await new Promise<void>((done) => blobStore.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    blobStore.closeAllConnections();
    blobStore.close();
  });

  test('has its blocks stored as long as a volume refers to them, not for good', async () => {
    const { port } = blobStore.address() as AddressInfo;
    const objects = new ObjectClient(`http://127.0.0.1:${port}`, 'key');
    const volume = storedVolume({} as never, objects, { workspaceId: 'ours', volumeId: 'vo-1' });
    const block = Buffer.from('bytes');
    await volume.putBlock(createHash('sha256').update(block).digest('hex'), block);
    expect(asked).toEqual(['PUT /objects?keep=no']);
  });
});
