import type { Digest } from '@slipway/contracts';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { readBlobStoreConfig } from '../config.js';
import { openRecords, type OpenedRecords } from '../records/open-records.js';
import { keepObjectsPlace } from './keep-objects-place.js';

const shared = {
  ...{ DATABASE_URL: 'postgres:', NATS_URL: 'nats:', REDIS_URL: 'redis:', SLIPWAY_DATA_DIR: '/data' },
  ...{ SLIPWAY_HEALTH_PORT: '1', SLIPWAY_INTERNAL_KEY: 'key', SLIPWAY_SIGNING_KEY: 'key' },
  BLOB_STORE_PORT: '2',
};
const onS3 = {
  ...{ BLOB_STORE_S3_ENDPOINT: 'https://s3.example', BLOB_STORE_S3_BUCKET: 'ours' },
  ...{ BLOB_STORE_S3_ACCESS_KEY_ID: 'id', BLOB_STORE_S3_SECRET_ACCESS_KEY: 'secret' },
};

let opened: OpenedRecords;
/** What is in the store that is set up. */
let stored: ReadonlySet<string> = new Set();
const start = (settings: Record<string, string>): Promise<void> =>
  keepObjectsPlace(
    opened.pool,
    { sizeOf: async (digest) => (stored.has(digest) ? 1 : undefined) },
    readBlobStoreConfig({ ...shared, ...settings }),
  );

overPostgres(openRecords, (records) => (opened = records));

test('the oldest objects are enough, for the newest may not be in a copy that was put back', async () => {
  for (let at = 1; at <= 30; at += 1)
    await opened.records.putObject(
      { digest: String(at).padStart(64, '0') as Digest, sizeBytes: 1 },
      { kept: true, at },
    );
  stored = new Set(['1'.padStart(64, '0')]);
  await start({});
  await opened.pool.query({ text: 'delete from blob_store.objects_place' });
  await opened.pool.query({ text: 'delete from blob_store.objects' });
  stored = new Set();
});

test('a platform whose objects are not in the first place that is written down is refused, and goes on in theirs', async () => {
  const digest = 'a'.repeat(64);
  await opened.records.putObject({ digest: digest as Digest, sizeBytes: 1 }, { kept: true, at: 1 });
  await expect(start({})).rejects.toThrow(
    "none of 1 objects of this platform that were looked for is in the place that the BLOB_STORE_S3_… settings name, the disk of this machine: set them as before; or, where it is the right one, set BLOB_STORE_MOVED_TO='the disk of this machine'",
  );
  stored = new Set([digest]);
  await start(onS3);
});

test('a start whose settings name another place than the last one is refused until the objects were moved', async () => {
  await start(onS3);
  await start({ ...onS3, BLOB_STORE_S3_ACCESS_KEY_ID: 'another' });

  await expect(start({})).rejects.toThrow(
    "the place of this platform's objects is the bucket ours at https://s3.example, but the BLOB_STORE_S3_… settings name the disk of this machine: set them as before; or, once all objects were copied there, set BLOB_STORE_MOVED_TO='the disk of this machine'",
  );
  await expect(start({ BLOB_STORE_MOVED_TO: 'elsewhere' })).rejects.toThrow('is the bucket ours');
  await start({ BLOB_STORE_MOVED_TO: 'the disk of this machine' });

  await expect(start(onS3)).rejects.toThrow('is the disk of this machine');
  await start({});
});

test('one setting of S3 without the others is a mistake, and not the disk', () => {
  const { BLOB_STORE_S3_ENDPOINT: _, ...rest } = onS3;
  expect(() => readBlobStoreConfig({ ...shared, ...rest })).toThrow('BLOB_STORE_S3_ENDPOINT is not set');
});
