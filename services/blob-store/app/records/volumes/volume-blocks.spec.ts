import { createHash } from 'node:crypto';
import { EPHEMERAL_LEASE_MS, GRACE_MS } from '@slipway/blob-store-core';
import type { Digest } from '@slipway/contracts';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { file, once, VolumesScene, type Volume } from './volumes-scene.testing.js';

const scene = new VolumesScene();
const { workspaceId } = scene;
overPostgres((databaseUrl) => scene.open(databaseUrl));

describe('a file that one workspace has sent', () => {
  const named = { filename: '/secret', sizeBytes: 5 };
  const mountOf = async (asker: string, digest: Digest, namedBy: 'client' | 'platform' = 'client') => {
    const listDigest = await scene.putBlock(JSON.stringify([{ ...named, digest }]));
    return scene.store.mounts.create({ workspaceId: asker, listDigest, namedBy });
  };

  test('is missing for another that knows its digest, in a mount and in a volume', async () => {
    const digest = await scene.putBlock('a file of one workspace');
    await scene.store.mounts.own({ workspaceId, digests: [digest] });
    const missingFor = async (asker?: string) =>
      (await scene.store.mounts.findMissing({ ...(asker ? { workspaceId: asker } : {}), digests: [digest] }))
        .missing;
    expect([await missingFor(workspaceId), await missingFor('theirs'), await missingFor()]).toEqual([
      [],
      [digest],
      [],
    ]);
    await mountOf(workspaceId, digest);
    await expect(mountOf('theirs', digest)).rejects.toThrow('upload it first');
    expect(await scene.store.volumeBlocks.cut({ workspaceId, digest })).toMatchObject({ blocks: [digest] });
    await expect(scene.store.volumeBlocks.cut({ workspaceId: 'theirs', digest })).rejects.toThrow(
      'upload it first',
    );
    await scene.store.mounts.own({ workspaceId: 'theirs', digests: [digest] });
    await mountOf('theirs', digest);
  });

  test('may be named for anybody by our own services', async () => {
    const digest = await scene.putBlock('a line of a build');
    await mountOf(workspaceId, digest, 'platform');
  });
});

describe('the blocks of volumes', () => {
  const digestOf = (text: string): Digest => createHash('sha256').update(text).digest('hex');
  const missingOf = async (volume: Volume, text: string): Promise<number> => {
    const files = [file('new', digestOf(text))];
    const order = { ...volume, commitId: 'none', files, overwrite: 'allow' } as const;
    return (await scene.store.volumeBlocks.prepareUpload(order)).missing.length;
  };

  test('are sent once by each workspace: to know a digest is not to have the bytes', async () => {
    const volume = await scene.newVolume();
    expect(await missingOf(volume, 'secret')).toBe(1);
    await scene.store.volumeBlocks.put(workspaceId, digestOf('secret'), once(Buffer.from('secret')));
    expect(await missingOf(volume, 'secret')).toBe(0);
    const theirs = { workspaceId: 'theirs', volumeId: 'vo-theirs' };
    await scene.store.volumes.open({
      ...theirs,
      environment: 'main',
      name: 't',
      how: 'create',
      createdBy: 'them',
    });
    expect(await missingOf(theirs, 'secret')).toBe(1);
    const other = scene.store.volumeBlocks.put('theirs', digestOf('secret'), once(Buffer.from('other')));
    await expect(other).rejects.toThrow('sha256');
    expect(await missingOf(theirs, 'secret')).toBe(1);
  });

  const isThereAfterCollection = async (digest: Digest): Promise<boolean> => {
    await scene.store.collectGarbage();
    return (await scene.store.sizeOf(digest)) !== undefined;
  };

  test('are kept as long as a volume names them', async () => {
    const [one, two] = [await scene.newVolume(), await scene.newVolume()];
    const digest = await scene.putBlock('shared');
    await scene.commit(one, { put: file('a', digest) });
    await scene.commit(two, { put: file('a', digest) });
    scene.now += GRACE_MS + 1;
    expect(await isThereAfterCollection(digest)).toBe(true);
    await scene.store.volumes.delete({ ...one, deletionId: 'd' });
    scene.now += GRACE_MS + 1;
    expect(await isThereAfterCollection(digest)).toBe(true);
  });

  test.each<[string, (volume: Volume) => Promise<unknown>]>([
    ['a commit that removes the file', (volume) => scene.commit(volume, { remove: 'a' })],
    [
      'a commit that replaces it',
      async (volume) => scene.commit(volume, { put: file('a', await scene.putBlock('the next')) }),
    ],
    ['the volume being deleted', (volume) => scene.store.volumes.delete({ ...volume, deletionId: 'd' })],
    ['the volume being given up', () => scene.expireEachMinute(EPHEMERAL_LEASE_MS + 120_000)],
  ])('are collected a day after the last that named them went by %s', async (_how, end) => {
    const volume = await scene.newVolume('nameless');
    const digest = await scene.putBlock(`last named by ${volume.volumeId}`);
    await scene.commit(volume, { put: file('a', digest) });
    scene.now += GRACE_MS + 1;
    await end(volume);
    expect(await isThereAfterCollection(digest)).toBe(true);
    scene.now += GRACE_MS;
    expect(await isThereAfterCollection(digest)).toBe(true);
    scene.now += 1;
    expect(await isThereAfterCollection(digest)).toBe(false);
    const other = await scene.newVolume();
    await expect(scene.commit(other, { put: file('a', digest) })).rejects.toMatchObject({
      refusal: { code: 'volume-block-missing', subjects: [digest] },
    });
  });

  test('that were just put are not collected before their commit', async () => {
    const volume = await scene.newVolume();
    const digest = await scene.putBlock('early');
    scene.now += GRACE_MS - 1;
    await scene.store.collectGarbage();
    expect(await scene.commit(volume, { put: file('a', digest) })).toBe(1);
  });
});
