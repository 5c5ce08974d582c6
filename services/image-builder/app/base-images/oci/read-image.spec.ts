import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Digest } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';
import { pack } from 'tar-stream';
import type { MadeOnce } from '../../ledger/made-once.js';
import type { OciSource } from './oci-source.js';
import { readImage } from './read-image.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const objects = {
  put: async (body: Readable) => {
    const bytes = await buffer(body);
    return { digest: sha256(bytes) as Digest, sizeBytes: bytes.length };
  },
} as unknown as ObjectClient;

/** What was made is remembered, as the database does. */
const memory = (): MadeOnce => {
  const made = new Map<string, unknown>();
  return {
    get: async (key: string, make: () => Promise<unknown>) => {
      if (!made.has(key)) made.set(key, await make());
      return made.get(key);
    },
  } as unknown as MadeOnce;
};

const imageOf = async (pythonVersion: string, architecture = 'amd64') => {
  const tar = pack();
  tar.entry({ name: 'usr/bin/python3.11' }, 'bytes');
  tar.finalize();
  const layer = gzipSync(await buffer(Readable.from(tar, { objectMode: false })));
  const config = Buffer.from(
    JSON.stringify({ architecture, os: 'linux', config: { Env: [`PYTHON_VERSION=${pythonVersion}`] } }),
  );
  return { layer, config };
};

/** A repository that names a layer and may have it, and the blobs that it was asked for. */
const repository = (name: string, image: Awaited<ReturnType<typeof imageOf>>, hasLayer: boolean) => {
  const asked: string[] = [];
  const digests = { layer: `sha256:${sha256(image.layer)}`, config: `sha256:${sha256(image.config)}` };
  const source: OciSource = {
    name,
    manifest: () =>
      Promise.resolve({
        config: { digest: digests.config, mediaType: '', size: 1 },
        layers: [
          { digest: digests.layer, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', size: 1 },
        ],
      }),
    blob: (digest) => {
      asked.push(digest);
      if (digest === digests.config) return Promise.resolve(Readable.from([image.config]));
      return hasLayer
        ? Promise.resolve(Readable.from([image.layer]))
        : Promise.reject(new Error(`${name} has no ${digest}`));
    },
  };
  return { source, asked, digests };
};

test('a layer is fetched once from its repository, and another repository that names it has to have it', async () => {
  const tools = { made: memory(), objects, arch: 'x64', log: () => undefined };
  const image = await imageOf('3.11.2');
  const own = repository('registry/private', image, true);
  const [first, again] = [await readImage(own.source, '1', tools), await readImage(own.source, '1', tools)];
  expect(again.layers).toEqual(first.layers);
  expect(own.asked.filter((digest) => digest === own.digests.layer)).toHaveLength(1);
  const other = repository('elsewhere/thief', image, false);
  await expect(readImage(other.source, '1', tools)).rejects.toThrow('elsewhere/thief has no sha256:');
});

test.each([
  ['3.11.2', '3.11.2'],
  ['3.11.2/../../etc', '3.11'],
  ['3.12.1', '3.11'],
])('an image that calls its Python %s has %s', async (said, version) => {
  const tools = { made: memory(), objects, arch: 'x64', log: () => undefined };
  const { source } = repository('registry/x', await imageOf(said), true);
  expect((await readImage(source, '1', tools)).pythonVersion).toBe(version);
});

test('an image of another processor is refused before its layers are fetched', async () => {
  const tools = { made: memory(), objects, arch: 'x64', log: () => undefined };
  const { source, asked, digests } = repository('registry/x', await imageOf('3.11.2', 'arm64'), true);
  await expect(readImage(source, '1', tools)).rejects.toThrow('is for linux/arm64');
  expect(asked).toEqual([digests.config]);
});
