import { GRACE_MS, MOUNT_GRACE_MS } from '@slipway/blob-store-core';
import type { Digest, MountId } from '@slipway/contracts';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { VolumesScene } from './volumes/volumes-scene.testing.js';

const scene = new VolumesScene();
const { workspaceId } = scene;
overPostgres((databaseUrl) => scene.open(databaseUrl));

let count = 0;

/** A file that a client has sent, and the mount that it made of it. */
const newMount = async (name?: string): Promise<Readonly<{ mountId: MountId; digest: Digest }>> => {
  const digest = await scene.putBlock(`the code of ${(count += 1)}`);
  await scene.store.mounts.own({ workspaceId, digests: [digest] });
  const listDigest = await scene.putBlock(
    JSON.stringify([{ filename: '/root/main.py', digest, sizeBytes: 1 }]),
  );
  const made = { workspaceId, listDigest, namedBy: 'client', ...(name && { name }) } as const;
  return { mountId: (await scene.store.mounts.create(made)).mountId, digest };
};
const use = (mountId: MountId, usedBy?: string): Promise<unknown> =>
  scene.store.mounts.require({ workspaceId, mountIds: [mountId], ...(usedBy && { usedBy }) });
const collectAfter = (ms: number) => {
  scene.now += ms;
  return scene.store.collectGarbage();
};
const isThere = async ({ mountId, digest }: Readonly<{ mountId: MountId; digest: Digest }>) => [
  await scene.store.mounts.get({ mountId }).then(
    ({ files }) => files.length === 1,
    () => false,
  ),
  (await scene.store.sizeOf(digest)) !== undefined,
];
const THERE = [true, true];
const GONE = [false, false];

describe('a mount', () => {
  test('that an app uses stays as long as the app, and for thirty days after that; then its files go too', async () => {
    const mount = await newMount();
    await use(mount.mountId, 'ap-1');
    await collectAfter(400 * GRACE_MS);
    expect(await isThere(mount)).toEqual(THERE);
    scene.ended.add('ap-1');
    await collectAfter(1);
    await collectAfter(MOUNT_GRACE_MS);
    expect(await isThere(mount)).toEqual(THERE);
    await collectAfter(1);
    expect(await isThere(mount)).toEqual(GONE);
    await expect(use(mount.mountId)).rejects.toMatchObject({ refusal: { code: 'mount-not-found' } });
  });

  test('stays as long as one of those that use it goes on', async () => {
    const mount = await newMount();
    await use(mount.mountId, 'ap-2');
    await use(mount.mountId, 'fc-2');
    scene.ended.add('ap-2');
    await collectAfter(2 * GRACE_MS);
    await collectAfter(MOUNT_GRACE_MS + 1);
    expect(await isThere(mount)).toEqual(THERE);
    scene.ended.add('fc-2');
    await collectAfter(1);
    await collectAfter(MOUNT_GRACE_MS + 1);
    expect(await isThere(mount)).toEqual(GONE);
  });

  test('is there for the function that names it thirty days after it was made', async () => {
    const mount = await newMount();
    await collectAfter(MOUNT_GRACE_MS);
    await use(mount.mountId, 'ap-3');
    await collectAfter(MOUNT_GRACE_MS + 1);
    expect(await isThere(mount)).toEqual(THERE);
  });

  test('of an app that is not there yet counts as used for a day', async () => {
    const mount = await newMount();
    scene.ended.add('ap-4');
    await use(mount.mountId, 'ap-4');
    await collectAfter(GRACE_MS);
    scene.ended.delete('ap-4');
    await collectAfter(MOUNT_GRACE_MS + 1);
    expect(await isThere(mount)).toEqual(THERE);
  });

  test('that was made again, or built with, has its thirty days anew', async () => {
    const mount = await newMount();
    await collectAfter(MOUNT_GRACE_MS);
    await use(mount.mountId);
    await collectAfter(MOUNT_GRACE_MS);
    expect(await isThere(mount)).toEqual(THERE);
    count -= 1;
    expect(await newMount()).toEqual(mount);
    await collectAfter(MOUNT_GRACE_MS);
    expect(await isThere(mount)).toEqual(THERE);
    await collectAfter(1);
    expect(await isThere(mount)).toEqual(GONE);
  });

  test('with a name stays', async () => {
    const mount = await newMount('main/tools');
    await collectAfter(MOUNT_GRACE_MS + 1);
    expect(await isThere(mount)).toEqual(THERE);
  });

  test('that goes leaves the files that another one has', async () => {
    const mount = await newMount();
    count -= 1;
    const named = await newMount(`main/${mount.mountId}`);
    await collectAfter(MOUNT_GRACE_MS + 1);
    expect(await isThere(mount)).toEqual([false, true]);
    expect(await isThere(named)).toEqual(THERE);
  });
});

test('a file of which it was said that it is there stays for the mount that is made of it then', async () => {
  const digest = await scene.putBlock('sent long ago');
  await scene.store.mounts.own({ workspaceId, digests: [digest] });
  scene.now += GRACE_MS + 1;
  expect(await scene.store.mounts.findMissing({ workspaceId, digests: [digest] })).toEqual({ missing: [] });
  await collectAfter(GRACE_MS);
  expect(await scene.store.sizeOf(digest)).toBeDefined();
  await collectAfter(1);
  expect(await scene.store.sizeOf(digest)).toBeUndefined();
  expect(await scene.store.mounts.findMissing({ workspaceId, digests: [digest] })).toEqual({
    missing: [digest],
  });
});
