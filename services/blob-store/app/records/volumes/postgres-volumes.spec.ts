import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { EPHEMERAL_LEASE_MS, GRACE_MS } from '@slipway/blob-store-core';
import { MOST_NEW_PATH_BYTES, ZERO_BLOCK } from '@slipway/contracts';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { file, VolumesScene } from './volumes-scene.testing.js';

const scene = new VolumesScene();
const { workspaceId } = scene;
overPostgres((databaseUrl) => scene.open(databaseUrl));

describe('a volume', () => {
  test('has its name in one environment of one workspace', async () => {
    const named = (volumeId: string, more: object = {}) =>
      scene.store.volumes.open({
        workspaceId,
        volumeId,
        environment: 'main',
        name: 'n',
        how: 'create',
        createdBy: 'me',
        ...more,
      });
    await named('vo-n1');
    await expect(named('vo-n2')).rejects.toThrow("'n' exists in environment 'main'");
    expect((await named('vo-n1')).volumeId).toBe('vo-n1');
    expect((await named('vo-n2', { how: 'find-or-create' })).volumeId).toBe('vo-n1');
    expect((await named('vo-n3', { environment: 'dev' })).volumeId).toBe('vo-n3');
    expect((await named('vo-n4', { workspaceId: 'theirs' })).volumeId).toBe('vo-n4');
    await expect(named('vo-n5', { name: 'none', how: 'find' })).rejects.toThrow('modal volume create none');
  });

  test('of another workspace does not exist, whatever is asked', async () => {
    const mine = await scene.newVolume();
    await scene.commit(mine, { put: file('a', await scene.putBlock('a')) });
    const volume = { ...mine, workspaceId: 'theirs' };
    const { volumes: named, volumeTrees: trees, volumeBlocks: blocks } = scene.store;
    const commitId = 'c';
    const asks: (() => Promise<unknown>)[] = [
      () => named.get(volume),
      () => named.rename({ ...volume, name: 'x' }),
      () => named.delete({ ...volume, deletionId: 'd' }),
      () => named.heartbeat(volume),
      () => trees.read({ ...volume, limit: 10 }),
      () => trees.stage({ ...volume, commitId, part: 0, changes: [] }),
      () => trees.commit({ ...volume, commitId, parts: 0 }),
      () => trees.commitUpload({ ...volume, commitId, parts: 0, overwrite: 'allow' }),
      () => trees.list({ ...volume, path: '', depth: 'all', limit: 10 }),
      () => trees.remove({ ...volume, commitId, path: 'a', recursive: false }),
      () => trees.copy({ ...volume, commitId, from: ['a'], to: 'b', recursive: false }),
      () => blocks.prepareUpload({ ...volume, commitId, files: [], overwrite: 'allow' }),
      () => blocks.file({ ...volume, path: 'a', startBytes: 0, padding: 'by-client' }),
    ];
    for (const ask of asks) await expect(ask()).rejects.toThrow(`'${mine.volumeId}' does not exist`);
    expect(
      (await named.list({ workspaceId: 'theirs', environments: { allBut: [] }, limit: 10 })).volumes,
    ).not.toContainEqual(expect.objectContaining({ volumeId: mine.volumeId }));
  });

  test('without a name ends when nobody heartbeats it', async () => {
    const volume = { workspaceId, volumeId: 'vo-ephemeral' };
    await scene.store.volumes.open({ ...volume, environment: 'main', how: 'create', createdBy: 'me' });
    await scene.expireEachMinute(EPHEMERAL_LEASE_MS);
    await scene.store.volumes.heartbeat(volume);
    expect(await scene.expireEachMinute(EPHEMERAL_LEASE_MS)).toBe(0);
    scene.now += 1;
    expect(await scene.store.volumes.expire()).toEqual({ expiredVolumes: 1 });
    await expect(scene.store.volumes.get(volume)).rejects.toThrow('does not exist');
  });

  test('nor does a time count in which nobody could hear its heartbeats', async () => {
    const volume = { workspaceId, volumeId: 'vo-unheard' };
    await scene.store.volumes.open({ ...volume, environment: 'main', how: 'create', createdBy: 'me' });
    await scene.expireEachMinute(5 * 60_000);
    scene.now += 24 * 60 * 60_000;
    expect(await scene.expireEachMinute(EPHEMERAL_LEASE_MS - 5 * 60_000)).toBe(0);
    expect(await scene.expireEachMinute(2 * 60_000)).toBe(1);
  });

  test('is deleted once, and whoever deleted it is told so as often as they ask within a day', async () => {
    const volume = await scene.newVolume();
    const { volumes, collectGarbage } = scene.store;
    const remove = (more: object = {}) => volumes.delete({ ...volume, deletionId: 'first', ...more });
    expect(await Promise.all([remove(), remove()])).toEqual([{}, {}]);
    scene.now += GRACE_MS;
    await collectGarbage();
    expect(await remove()).toEqual({});
    await expect(remove({ deletionId: 'second' })).rejects.toThrow('does not exist');
    await expect(remove({ workspaceId: 'theirs' })).rejects.toThrow('does not exist');
    scene.now += 1;
    await collectGarbage();
    await expect(remove()).rejects.toThrow('does not exist');
  });

  test('is listed with those of its environment, the newest first, page by page', async () => {
    for (const index of [1, 2, 3]) {
      const volume = { workspaceId: 'lister', volumeId: `vo-l${index}`, name: `l${index}` };
      await scene.store.volumes.open({ ...volume, environment: 'main', how: 'create', createdBy: 'me' });
    }
    const first = await scene.store.volumes.list({
      workspaceId: 'lister',
      environments: { only: ['main'] },
      limit: 2,
    });
    expect(first.volumes.map(({ name }) => name)).toEqual(['l3', 'l2']);
    const rest = await scene.store.volumes.list({
      workspaceId: 'lister',
      environments: { allBut: ['dev'] },
      before: first.volumes[1]!,
      limit: 2,
    });
    expect(rest.volumes.map(({ name }) => name)).toEqual(['l1']);
    expect(
      (await scene.store.volumes.list({ workspaceId: 'lister', environments: { only: ['dev'] }, limit: 2 }))
        .volumes,
    ).toEqual([]);
  });
});

describe('the tree of a volume', () => {
  test('comes back as it was put, in pages of any size', async () => {
    const volume = await scene.newVolume();
    const [a, b] = [file('a/x y', await scene.putBlock('1')), { ...file('a/ü', ZERO_BLOCK), mode: 0o7777 }];
    const link = { path: 'z', kind: 'symlink', mode: 0o777, mtimeMs: 3, target: '../x' } as const;
    expect(await scene.commit(volume, { put: a }, { put: b }, { put: link })).toBe(1);
    const folderEntry = { path: 'a', kind: 'directory', mode: 0o755, mtimeMs: scene.now };
    const whole = await scene.store.volumeTrees.read({ ...volume, limit: 100 });
    expect(whole).toEqual({ version: 1, full: true, entries: [folderEntry, a, b, link], removed: [] });
    const found: unknown[] = [];
    for (let after: string | undefined; ;) {
      const page = await scene.store.volumeTrees.read({ ...volume, limit: 1, ...(after ? { after } : {}) });
      found.push(...page.entries);
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(found).toEqual(whole.entries);
  });

  test('keeps paths as long as they may be, whatever is in them, and takes nothing to a longer one', async () => {
    const volume = await scene.newVolume();
    const digest = await scene.putBlock('a');
    const names = Array.from({ length: 8 }, () => randomBytes(127).toString('hex').slice(0, 127));
    const path = `${names.join('/')}f`;
    expect(path).toHaveLength(MOST_NEW_PATH_BYTES);
    await scene.commit(volume, { put: file(path, digest) });
    const { volumeTrees: trees } = scene.store;
    const tooLong = { code: 'volume-path-invalid' };
    await expect(scene.commit(volume, { put: file(`${path}f`, digest) })).rejects.toMatchObject({
      refusal: tooLong,
    });
    const copy = { from: [names[0]!], to: 'longer'.repeat(30), recursive: true };
    await expect(trees.copy({ ...volume, commitId: 'copy', ...copy })).rejects.toMatchObject({
      refusal: tooLong,
    });
    await trees.remove({ ...volume, commitId: 'remove', path: names[0]!, recursive: true });
    expect((await trees.list({ ...volume, path: '', depth: 'all', limit: 10 })).entries).toEqual([]);
  });

  test('tells a reader of an older version what changed, until that is forgotten', async () => {
    const volume = await scene.newVolume();
    const digest = await scene.putBlock('2');
    await scene.commit(volume, { put: file('a', digest) }, { put: file('b', digest) });
    const c = file('c', digest);
    await scene.commit(volume, { remove: 'a' }, { put: c });
    const changed = { version: 2, full: false, entries: [c], removed: ['a'] };
    expect(await scene.store.volumeTrees.read({ ...volume, since: 1, limit: 10 })).toEqual(changed);
    expect(await scene.store.volumeTrees.read({ ...volume, since: 2, limit: 10 })).toMatchObject({
      entries: [],
    });
    scene.now += GRACE_MS + 1;
    await scene.store.collectGarbage();
    const after = await scene.store.volumeTrees.read({ ...volume, since: 1, limit: 10 });
    expect([after.full, after.entries.length]).toEqual([true, 2]);
    expect((await scene.store.volumeTrees.read({ ...volume, since: 2, limit: 10 })).full).toBe(false);
  });

  test('changes once by a commit, however often this is asked for', async () => {
    const volume = await scene.newVolume();
    const changes = [{ put: file('a', await scene.putBlock('3')) }];
    for (const part of [0, 0])
      await scene.store.volumeTrees.stage({ ...volume, commitId: 'again', part, changes });
    const order = { ...volume, commitId: 'again', parts: 1 };
    expect(await scene.store.volumeTrees.commit(order)).toEqual({ version: 1 });
    await scene.commit(volume, { remove: 'a' });
    expect(await scene.store.volumeTrees.commit(order)).toEqual({ version: 1 });
    expect((await scene.store.volumeTrees.read({ ...volume, limit: 10 })).entries).toEqual([]);
    await expect(scene.store.volumeTrees.commit({ ...order, commitId: 'other' })).rejects.toThrow(
      '0 were staged',
    );
  });

  test('names no block that is not there whole, and changes in nothing when one is missing', async () => {
    const volume = await scene.newVolume();
    const changes = [{ put: file('a', await scene.putBlock('4')) }, { put: file('b', 'e'.repeat(64)) }];
    await expect(scene.commit(volume, ...changes)).rejects.toThrow(`not in the store: ${'e'.repeat(64)}`);
    expect(await scene.store.volumeTrees.read({ ...volume, limit: 10 })).toMatchObject({
      version: 0,
      entries: [],
    });
    const digest = await scene.putBlock('damaged');
    const damaged = await open(join(scene.folder, 'objects', digest.slice(0, 2), digest.slice(2)), 'r+');
    await damaged.write('D', 0);
    await damaged.close();
    const read = async (): Promise<void> => {
      for await (const _ of (await scene.store.shelf.read(digest)) ?? []);
    };
    await expect(read()).rejects.toThrow('corrupted');
    await expect(scene.commit(volume, { put: file('a', digest) })).rejects.toThrow(digest);
    await scene.putBlock('damaged');
    expect(await scene.commit(volume, { put: file('a', digest) })).toBe(1);
  });
});
