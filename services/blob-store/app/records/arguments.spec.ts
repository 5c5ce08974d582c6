import { GRACE_MS } from '@slipway/blob-store-core';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { VolumesScene } from './volumes/volumes-scene.testing.js';

const scene = new VolumesScene();
const { workspaceId } = scene;
overPostgres((databaseUrl) => scene.open(databaseUrl));

let count = 0;
const collectAfter = (ms: number) => {
  scene.now += ms;
  return scene.store.collectGarbage();
};

describe('a blob', () => {
  const WEEK_MS = 7 * GRACE_MS;
  const isRead = (blobId: string) =>
    scene.store.blobs.download({ workspaceId, blobId }).then(
      () => true,
      () => false,
    );
  const newBlob = () =>
    scene.store.blobs.putInternal(
      workspaceId,
      (async function* () {
        yield Buffer.from(`arguments ${(count += 1)}`);
      })(),
    );

  test('that an input waits with is there after months', async () => {
    const blobId = await newBlob();
    scene.waiting.add(blobId);
    for (let week = 0; week < 10; week += 1) await collectAfter(WEEK_MS + 1);
    expect(await isRead(blobId)).toBe(true);
    scene.waiting.delete(blobId);
    await collectAfter(GRACE_MS + 1);
    expect(await isRead(blobId)).toBe(false);
  });

  test('that was asked for in its last hour is there for the input which names it then', async () => {
    const blobId = await newBlob();
    scene.now += WEEK_MS;
    expect(await isRead(blobId)).toBe(true);
    await collectAfter(GRACE_MS);
    expect(await isRead(blobId)).toBe(true);
  });

  test('that became a file of a mount stays as long as a file of which it was said that it is there', async () => {
    const blobId = await newBlob();
    scene.now += WEEK_MS;
    const { digest } = await scene.store.blobs.digestOf({ workspaceId, blobId });
    await collectAfter(GRACE_MS);
    expect(await scene.store.mounts.findMissing({ workspaceId, digests: [digest] })).toEqual({ missing: [] });
  });
});
