import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, mkdtemp, open, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  createBlobStore,
  type Blob,
  type BlockOwners,
  type BlobStore,
  type GoingOn,
  type MountUses,
  type Uses,
  type Records,
  type UploadedPart,
  type VolumeRecords,
} from '@slipway/blob-store-core';
import type { BlobId, Digest, WorkspaceId } from '@slipway/contracts';
import { createLogger } from '@slipway/telemetry';
import { nodeHashing } from '../node-hashing.js';
import { DiskObjectStore } from '../objects-on-disk/disk-object-store.js';
import { BytesServer } from './bytes-server.js';

const workspaceId = 'ws' as WorkspaceId;
const MIB = 1024 * 1024;
const md5 = (bytes: Buffer): Buffer => createHash('md5').update(bytes).digest();

/** Blobs and parts in memory: what HTTP needs of the records. */
const recordsInMemory = (): { records: Records; corrupted: Digest[] } => {
  const blobs = new Map<BlobId, Blob>();
  const parts = new Map<BlobId, UploadedPart[]>();
  const corrupted: Digest[] = [];
  const records: Partial<Records> = {
    putObject: async () => undefined,
    markCorrupted: async (digest) => void corrupted.push(digest),
    putBlob: async (blob) => void blobs.set(blob.blobId, blob),
    findBlob: async (blobId) => blobs.get(blobId),
    putPart: async (blobId, part) => void parts.set(blobId, [...(parts.get(blobId) ?? []), part]),
    partsOf: async (blobId) => parts.get(blobId) ?? [],
    removeParts: async (blobId) => void parts.delete(blobId),
  };
  return { records: records as Records, corrupted };
};

const blockOwnersInMemory = (): BlockOwners => {
  const held = new Set<string>();
  return {
    owned: async (workspaceId, digests) => digests.filter((digest) => held.has(`${workspaceId} ${digest}`)),
    add: async (workspaceId, digests) => {
      for (const digest of digests) held.add(`${workspaceId} ${digest}`);
    },
  };
};

describe('the store over HTTP', () => {
  let folder: string;
  let store: BlobStore;
  let server: BytesServer;
  let corrupted: Digest[];
  let now = 1_000_000;
  const at = (path: string): string => `http://127.0.0.1:${server.port}${path}`;
  const internal = { 'x-slipway-internal-key': 'key' };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-http-'));
    const memory = recordsInMemory();
    corrupted = memory.corrupted;
    store = createBlobStore(
      {
        objects: new DiskObjectStore(folder),
        records: memory.records,
        blockOwners: blockOwnersInMemory(),
        volumes: {} as VolumeRecords,
        mountUses: {} as MountUses,
        objectUses: {} as Uses,
        goingOn: {} as GoingOn,
        hashing: nodeHashing('signing'),
        now: () => now,
        textOf: text,
        randomBytes: (count) => randomBytes(count),
      },
      { multipartFromBytes: 8 * MIB, leastPartBytes: 2 * MIB },
    );
    server = new BytesServer(
      store,
      { port: 0, host: '127.0.0.1', internalKey: 'key' },
      createLogger('spec', 'silent'),
    );
    await server.onApplicationBootstrap();
  });
  afterAll(async () => {
    await server.onApplicationShutdown();
    await rm(folder, { recursive: true, force: true });
  });

  test('the internal side wants the key', async () => {
    expect((await fetch(at('/objects'), { method: 'PUT', body: 'x' })).status).toBe(401);
  });

  test('an object goes in under its digest and comes back, whole or in part', async () => {
    const put = await fetch(at('/objects'), { method: 'PUT', headers: internal, body: 'hello world' });
    const { digest, sizeBytes } = (await put.json()) as { digest: string; sizeBytes: number };
    expect([digest, sizeBytes]).toEqual([createHash('sha256').update('hello world').digest('hex'), 11]);
    expect(await (await fetch(at(`/objects/${digest}`), { headers: internal })).text()).toBe('hello world');
    const part = await fetch(at(`/objects/${digest}`), { headers: { ...internal, range: 'bytes=6-8' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      'bytes 6-8/11',
      'wor',
    ]);
    const beyond = await fetch(at(`/objects/${digest}`), { headers: { ...internal, range: 'bytes=11-' } });
    expect(beyond.status).toBe(416);
    const head = await fetch(at(`/objects/${digest}`), { method: 'HEAD', headers: internal });
    expect(head.headers.get('content-length')).toBe('11');
    expect((await fetch(at(`/objects/${'0'.repeat(64)}`), { headers: internal })).status).toBe(404);
  });

  test('an object that is not what its digest says is refused', async () => {
    const put = await fetch(at(`/objects/${'0'.repeat(64)}`), {
      method: 'PUT',
      headers: internal,
      body: 'x',
    });
    expect([put.status, ((await put.json()) as { title: string }).title]).toEqual([400, 'wrong-sha256']);
  });

  test('an upload of which nothing comes any more ends, so that its sender can send it anew', async () => {
    const body = randomBytes(2 * MIB);
    const contentMd5Base64 = md5(body).toString('base64');
    const upload = await store.blobs.create({
      workspaceId,
      contentLengthBytes: body.length,
      contentMd5Base64,
    });
    if (upload.kind !== 'single') throw new Error('in parts');
    const silent = new BytesServer(
      store,
      { port: 0, host: '127.0.0.1', internalKey: 'key', silentMs: 50 },
      createLogger('spec', 'silent'),
    );
    await silent.onApplicationBootstrap();
    const put = request({ port: silent.port, method: 'PUT', path: upload.path });
    put.setHeader('content-length', body.length);
    put.write(body.subarray(0, 1_000));
    await expect(once(put, 'response')).rejects.toThrow('socket hang up');
    const whole = await fetch(`http://127.0.0.1:${silent.port}${upload.path}`, {
      method: 'PUT',
      body: new Uint8Array(body),
    });
    expect(whole.status).toBe(200);
    await silent.onApplicationShutdown();
  });

  test('a single upload: signed, verified, answered with its md5, read by its own workspace', async () => {
    const body = randomBytes(3 * MIB);
    const { blobs } = store;
    const upload = await blobs.create({
      workspaceId,
      contentLengthBytes: body.length,
      contentMd5Base64: md5(body).toString('base64'),
    });
    if (upload.kind !== 'single') throw new Error('in parts');
    const send = (bytes: Buffer, path = upload.path) =>
      fetch(at(path), { method: 'PUT', body: new Uint8Array(bytes) });
    const wrong = Buffer.from(body);
    wrong[5] = (wrong[5] ?? 0) ^ 1;
    expect((await send(wrong)).status).toBe(400);
    expect((await send(body.subarray(1))).status).toBe(400);
    expect((await send(body, upload.path.replace(/.$/, 'x'))).status).toBe(403);
    const sent = await send(body);
    expect([sent.status, sent.headers.get('etag')]).toEqual([200, `"${md5(body).toString('hex')}"`]);
    expect((await send(body)).status).toBe(200);
    const { path, sizeBytes } = await blobs.download({ blobId: upload.blobId, workspaceId });
    expect(sizeBytes).toBe(body.length);
    expect(Buffer.from(await (await fetch(at(path))).arrayBuffer()).equals(body)).toBe(true);
    await expect(blobs.download({ blobId: upload.blobId, workspaceId: 'x' as WorkspaceId })).rejects.toThrow(
      'does not exist',
    );
    now += 25 * 60 * 60 * 1000;
    const late = await fetch(at(path));
    expect([late.status, ((await late.json()) as { title: string }).title]).toEqual([
      403,
      'signature-expired',
    ]);
  });

  test('an upload in parts ends with the ETag that S3 would give', async () => {
    const body = randomBytes(9 * MIB);
    const upload = await store.blobs.create({ workspaceId, contentLengthBytes: body.length });
    if (upload.kind !== 'multipart') throw new Error('not in parts');
    const etags: string[] = [];
    for (const [index, path] of upload.partPaths.entries()) {
      const part = body.subarray(index * upload.partLengthBytes, (index + 1) * upload.partLengthBytes);
      const sent = await fetch(at(path), { method: 'PUT', body: new Uint8Array(part) });
      expect(sent.headers.get('etag')).toBe(`"${md5(part).toString('hex')}"`);
      etags.push(md5(part).toString('hex'));
    }
    const xml = etags
      .map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>"${etag}"</ETag></Part>`)
      .join('');
    const completed = await fetch(at(upload.completionPath), {
      method: 'POST',
      body: `<CompleteMultipartUpload>${xml}</CompleteMultipartUpload>`,
    });
    expect(await completed.text()).toContain(`${md5(Buffer.from(etags.join(''), 'hex')).toString('hex')}-5`);
    const { digest } = await store.blobs.digestOf({ blobId: upload.blobId, workspaceId });
    expect(digest).toBe(createHash('sha256').update(body).digest('hex'));
  });

  test('a corrupted object is answered with an error, and counts as missing from then on', async () => {
    const body = randomBytes(100);
    const put = await fetch(at('/objects'), { method: 'PUT', headers: internal, body: new Uint8Array(body) });
    const { digest } = (await put.json()) as { digest: Digest };
    const path = join(folder, 'objects', digest.slice(0, 2), digest.slice(2));
    const file = await open(path, 'r+');
    await file.write(Buffer.from([(body[0] ?? 0) ^ 1]), 0, 1, 0);
    await file.close();
    const got = await fetch(at(`/objects/${digest}`), { headers: internal });
    expect([got.status, ((await got.json()) as { title: string }).title]).toEqual([500, 'object-corrupted']);
    await appendFile(path, 'x');
    expect((await fetch(at(`/objects/${digest}`), { headers: internal })).status).toBe(500);
    expect(corrupted).toEqual([digest, digest]);
  });

  test('a later chunk that is corrupted breaks the answer off before a byte of it is sent', async () => {
    const body = randomBytes(3 * MIB);
    const put = await fetch(at('/objects'), { method: 'PUT', headers: internal, body: new Uint8Array(body) });
    const { digest } = (await put.json()) as { digest: Digest };
    const file = await open(join(folder, 'objects', digest.slice(0, 2), digest.slice(2)), 'r+');
    await file.write(Buffer.from([(body[2 * MIB] ?? 0) ^ 1]), 0, 1, 2 * MIB);
    await file.close();
    const got = await fetch(at(`/objects/${digest}`), { headers: internal });
    expect(got.status).toBe(200);
    await expect(got.arrayBuffer()).rejects.toThrow();
  });
});
