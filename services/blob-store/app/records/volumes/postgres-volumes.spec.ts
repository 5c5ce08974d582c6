import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlobStore, EPHEMERAL_LEASE_MS, GRACE_MS, type BlobStore } from '@slipway/blob-store-core';
import { ZERO_BLOCK, type Digest, type VolumeChange, type VolumeFile } from '@slipway/contracts';
import {
  startThrowawayPostgres,
  type ThrowawayPostgres,
} from '../../../../../tools/testing/throwaway-postgres.ts';
import { nodeHashing } from '../../node-hashing.js';
import { DiskObjectStore } from '../../objects-on-disk/disk-object-store.js';
import { openRecords, type OpenedRecords } from '../open-records.js';

const workspaceId = 'ours';
let postgres: ThrowawayPostgres;
let opened: OpenedRecords;
let folder: string;
let store: BlobStore;
let now = 1_000_000_000;
let commits = 0;
let volumes = 0;

beforeAll(async () => {
  postgres = await startThrowawayPostgres();
  opened = await openRecords(postgres.databaseUrl);
  folder = await mkdtemp(join(tmpdir(), 'slipway-volumes-'));
  store = createBlobStore({
    objects: new DiskObjectStore(folder),
    ...opened,
    hashing: nodeHashing('signing'),
    now: () => now,
    randomBytes: (count) => randomBytes(count),
  });
}, 60_000);
afterAll(async () => {
  await opened.orm.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const once = async function* (bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
};
const putBlock = async (text: string): Promise<Digest> =>
  (await store.shelf.put(once(Buffer.from(text)), { kept: false, expected: {} })).digest;
const file = (path: string, digest: Digest): VolumeFile => ({
  path,
  kind: 'file',
  mode: 0o644,
  mtimeMs: 1.5,
  sizeBytes: 100,
  blocks: [digest],
});
const newVolume = async (): Promise<{ workspaceId: string; volumeId: string }> => {
  volumes += 1;
  const volume = { workspaceId, volumeId: `vo-${volumes}` };
  const name = `volume-${volumes}`;
  await store.volumes.open({ ...volume, environment: 'main', name, how: 'create', createdBy: 'me' });
  return volume;
};
const commit = async (
  volume: { workspaceId: string; volumeId: string },
  ...changes: VolumeChange[]
): Promise<number> => {
  commits += 1;
  const commitId = `commit-${commits}`;
  await store.volumeTrees.stage({ ...volume, commitId, part: 0, changes });
  return (await store.volumeTrees.commit({ ...volume, commitId, parts: 1 })).version;
};

describe('a file that one workspace has sent', () => {
  const named = { filename: '/secret', sizeBytes: 5 };
  const mountOf = (asker: string, digest: Digest) =>
    store.mounts.create({ workspaceId: asker, files: [{ ...named, digest }], namedBy: 'client' });

  test('is missing for another that knows its digest, in a mount and in a volume', async () => {
    const digest = await putBlock('a file of one workspace');
    await store.mounts.own({ workspaceId, digests: [digest] });
    const missingFor = async (asker?: string) =>
      (await store.mounts.findMissing({ ...(asker ? { workspaceId: asker } : {}), digests: [digest] }))
        .missing;
    expect([await missingFor(workspaceId), await missingFor('theirs'), await missingFor()]).toEqual([
      [],
      [digest],
      [],
    ]);
    await mountOf(workspaceId, digest);
    await expect(mountOf('theirs', digest)).rejects.toThrow('upload it first');
    expect(await store.volumeBlocks.cut({ workspaceId, digest })).toMatchObject({ blocks: [digest] });
    await expect(store.volumeBlocks.cut({ workspaceId: 'theirs', digest })).rejects.toThrow(
      'upload it first',
    );
    await store.mounts.own({ workspaceId: 'theirs', digests: [digest] });
    await mountOf('theirs', digest);
  });

  test('may be named for anybody by our own services', async () => {
    const digest = await putBlock('a line of a build');
    await store.mounts.create({ workspaceId, files: [{ ...named, digest }], namedBy: 'platform' });
  });
});

describe('a volume', () => {
  test('has its name in one environment of one workspace', async () => {
    const named = (volumeId: string, more: object = {}) =>
      store.volumes.open({
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
    const mine = await newVolume();
    await commit(mine, { put: file('a', await putBlock('a')) });
    const volume = { ...mine, workspaceId: 'theirs' };
    const { volumes: named, volumeTrees: trees, volumeBlocks: blocks } = store;
    const commitId = 'c';
    const asks: (() => Promise<unknown>)[] = [
      () => named.get(volume),
      () => named.rename({ ...volume, name: 'x' }),
      () => named.delete(volume),
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
    await store.volumes.open({ ...volume, environment: 'main', how: 'create', createdBy: 'me' });
    now += EPHEMERAL_LEASE_MS;
    await store.volumes.heartbeat(volume);
    now += EPHEMERAL_LEASE_MS;
    expect(await store.volumes.expire()).toBe(0);
    now += 1;
    expect(await store.volumes.expire()).toBe(1);
    await expect(store.volumes.get(volume)).rejects.toThrow('does not exist');
  });

  test('is listed with those of its environment, the newest first, page by page', async () => {
    for (const index of [1, 2, 3]) {
      const volume = { workspaceId: 'lister', volumeId: `vo-l${index}`, name: `l${index}` };
      await store.volumes.open({ ...volume, environment: 'main', how: 'create', createdBy: 'me' });
    }
    const first = await store.volumes.list({
      workspaceId: 'lister',
      environments: { only: ['main'] },
      limit: 2,
    });
    expect(first.volumes.map(({ name }) => name)).toEqual(['l3', 'l2']);
    const rest = await store.volumes.list({
      workspaceId: 'lister',
      environments: { allBut: ['dev'] },
      before: first.volumes[1]!,
      limit: 2,
    });
    expect(rest.volumes.map(({ name }) => name)).toEqual(['l1']);
    expect(
      (await store.volumes.list({ workspaceId: 'lister', environments: { only: ['dev'] }, limit: 2 }))
        .volumes,
    ).toEqual([]);
  });
});

describe('the tree of a volume', () => {
  test('comes back as it was put, in pages of any size', async () => {
    const volume = await newVolume();
    const [a, b] = [file('a/x y', await putBlock('1')), { ...file('a/ü', ZERO_BLOCK), mode: 0o7777 }];
    const link = { path: 'z', kind: 'symlink', mode: 0o777, mtimeMs: 3, target: '../x' } as const;
    expect(await commit(volume, { put: a }, { put: b }, { put: link })).toBe(1);
    const folderEntry = { path: 'a', kind: 'directory', mode: 0o755, mtimeMs: now };
    const whole = await store.volumeTrees.read({ ...volume, limit: 100 });
    expect(whole).toEqual({ version: 1, full: true, entries: [folderEntry, a, b, link], removed: [] });
    const found: unknown[] = [];
    for (let after: string | undefined; ;) {
      const page = await store.volumeTrees.read({ ...volume, limit: 1, ...(after ? { after } : {}) });
      found.push(...page.entries);
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(found).toEqual(whole.entries);
  });

  test('tells a reader of an older version what changed, until that is forgotten', async () => {
    const volume = await newVolume();
    const digest = await putBlock('2');
    await commit(volume, { put: file('a', digest) }, { put: file('b', digest) });
    const c = file('c', digest);
    await commit(volume, { remove: 'a' }, { put: c });
    const changed = { version: 2, full: false, entries: [c], removed: ['a'] };
    expect(await store.volumeTrees.read({ ...volume, since: 1, limit: 10 })).toEqual(changed);
    expect(await store.volumeTrees.read({ ...volume, since: 2, limit: 10 })).toMatchObject({ entries: [] });
    now += GRACE_MS + 1;
    await store.collectGarbage();
    const after = await store.volumeTrees.read({ ...volume, since: 1, limit: 10 });
    expect([after.full, after.entries.length]).toEqual([true, 2]);
    expect((await store.volumeTrees.read({ ...volume, since: 2, limit: 10 })).full).toBe(false);
  });

  test('changes once by a commit, however often this is asked for', async () => {
    const volume = await newVolume();
    const changes = [{ put: file('a', await putBlock('3')) }];
    for (const part of [0, 0]) await store.volumeTrees.stage({ ...volume, commitId: 'again', part, changes });
    const order = { ...volume, commitId: 'again', parts: 1 };
    expect(await store.volumeTrees.commit(order)).toEqual({ version: 1 });
    await commit(volume, { remove: 'a' });
    expect(await store.volumeTrees.commit(order)).toEqual({ version: 1 });
    expect((await store.volumeTrees.read({ ...volume, limit: 10 })).entries).toEqual([]);
    await expect(store.volumeTrees.commit({ ...order, commitId: 'other' })).rejects.toThrow('0 were staged');
  });

  test('names no block that is not there whole, and changes in nothing when one is missing', async () => {
    const volume = await newVolume();
    const changes = [{ put: file('a', await putBlock('4')) }, { put: file('b', 'e'.repeat(64)) }];
    await expect(commit(volume, ...changes)).rejects.toThrow(`not in the store: ${'e'.repeat(64)}`);
    expect(await store.volumeTrees.read({ ...volume, limit: 10 })).toMatchObject({ version: 0, entries: [] });
    const digest = await putBlock('damaged');
    const damaged = await open(join(folder, 'objects', digest.slice(0, 2), digest.slice(2)), 'r+');
    await damaged.write('D', 0);
    await damaged.close();
    const read = async (): Promise<void> => {
      for await (const _ of (await store.shelf.read(digest)) ?? []);
    };
    await expect(read()).rejects.toThrow('corrupted');
    await expect(commit(volume, { put: file('a', digest) })).rejects.toThrow(digest);
    await putBlock('damaged');
    expect(await commit(volume, { put: file('a', digest) })).toBe(1);
  });
});

describe('the blocks of volumes', () => {
  const digestOf = (text: string): Digest => createHash('sha256').update(text).digest('hex');
  const missingOf = async (
    volume: { workspaceId: string; volumeId: string },
    text: string,
  ): Promise<number> => {
    const files = [file('new', digestOf(text))];
    const order = { ...volume, commitId: 'none', files, overwrite: 'allow' } as const;
    return (await store.volumeBlocks.prepareUpload(order)).missing.length;
  };

  test('are sent once by each workspace: to know a digest is not to have the bytes', async () => {
    const volume = await newVolume();
    expect(await missingOf(volume, 'secret')).toBe(1);
    await store.volumeBlocks.put(workspaceId, digestOf('secret'), once(Buffer.from('secret')));
    expect(await missingOf(volume, 'secret')).toBe(0);
    const theirs = { workspaceId: 'theirs', volumeId: 'vo-theirs' };
    await store.volumes.open({ ...theirs, environment: 'main', name: 't', how: 'create', createdBy: 'them' });
    expect(await missingOf(theirs, 'secret')).toBe(1);
    const other = store.volumeBlocks.put('theirs', digestOf('secret'), once(Buffer.from('other')));
    await expect(other).rejects.toThrow('sha256');
    expect(await missingOf(theirs, 'secret')).toBe(1);
  });

  const isThereAfterCollection = async (digest: Digest): Promise<boolean> => {
    await store.collectGarbage();
    return (await store.sizeOf(digest)) !== undefined;
  };

  test('are kept as long as a volume names them', async () => {
    const [one, two] = [await newVolume(), await newVolume()];
    const digest = await putBlock('shared');
    await commit(one, { put: file('a', digest) });
    await commit(two, { put: file('a', digest) });
    now += GRACE_MS + 1;
    expect(await isThereAfterCollection(digest)).toBe(true);
    await store.volumes.delete(one);
    now += GRACE_MS + 1;
    expect(await isThereAfterCollection(digest)).toBe(true);
  });

  type Volume = Readonly<{ workspaceId: string; volumeId: string }>;
  test.each<[string, (volume: Volume) => Promise<unknown>]>([
    ['a commit that removes the file', (volume) => commit(volume, { remove: 'a' })],
    [
      'a commit that replaces it',
      async (volume) => commit(volume, { put: file('a', await putBlock('the next')) }),
    ],
    ['the volume being deleted', (volume) => store.volumes.delete(volume)],
    ['the volume being given up', () => store.volumes.expire()],
  ])('are collected a day after the last that named them went by %s', async (_how, end) => {
    volumes += 1;
    const volume = { workspaceId, volumeId: `vo-${volumes}` };
    await store.volumes.open({ ...volume, environment: 'main', how: 'create', createdBy: 'me' });
    const digest = await putBlock(`last named by vo-${volumes}`);
    await commit(volume, { put: file('a', digest) });
    now += GRACE_MS + 1;
    await end(volume);
    expect(await isThereAfterCollection(digest)).toBe(true);
    now += GRACE_MS;
    expect(await isThereAfterCollection(digest)).toBe(true);
    now += 1;
    expect(await isThereAfterCollection(digest)).toBe(false);
    const other = await newVolume();
    await expect(commit(other, { put: file('a', digest) })).rejects.toThrow('not in the store');
  });

  test('that were just put are not collected before their commit', async () => {
    const volume = await newVolume();
    const digest = await putBlock('early');
    now += GRACE_MS - 1;
    await store.collectGarbage();
    expect(await commit(volume, { put: file('a', digest) })).toBe(1);
  });
});
