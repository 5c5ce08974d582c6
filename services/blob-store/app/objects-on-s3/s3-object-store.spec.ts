import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import S3rver from 's3rver';
import { CHUNK_BYTES } from '@slipway/blob-store-core';
import { objectStoreSuite } from '../object-store.suite.js';
import { S3ObjectStore } from './s3-object-store.js';

const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
let folder = '';
let server: S3rver | undefined;
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Objects of more than a chunk and a half go in parts. */
const PART_BYTES = 1.5 * CHUNK_BYTES;

objectStoreSuite('on S3', async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-s3-'));
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 'server'),
    configureBuckets: [{ name: 'slipway', configs: [] }],
  });
  const { port } = (await server.run()) as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new AwsClient({ service: 's3', region: 'us-east-1', ...keys });
  return {
    store: new S3ObjectStore(
      { endpoint, bucket: 'slipway', region: 'us-east-1', ...keys },
      join(folder, 'incoming'),
      PART_BYTES,
    ),
    damage: async (digest, at) => {
      const url = `${endpoint}/slipway/objects/${digest.slice(0, 2)}/${digest.slice(2)}`;
      const content = new Uint8Array(await (await client.fetch(url)).arrayBuffer());
      content[at] = (content[at] ?? 0) ^ 1;
      await client.fetch(url, { method: 'PUT', body: content });
    },
  };
});
