import { subPathOf } from './sub-path.js';
import { VolumeInMemory } from './volume-in-memory.testing.js';

const file = { kind: 'file', mode: 0o644, mtimeMs: 1, sizeBytes: 0, blocks: [] } as const;

test('a path in a folder may be shorter by that of the folder', async () => {
  const volume = new VolumeInMemory();
  const part = await subPathOf(volume, 'ä/b', 'write');
  expect(volume.mostPathBytes - part.mostPathBytes).toBe(Buffer.byteLength('ä/b/'));
});

test('a folder that is missing is made for who writes', async () => {
  const volume = new VolumeInMemory();
  await subPathOf(volume, 'users/me', 'write');
  expect(volume.entries.get('users/me')).toMatchObject({ kind: 'directory' });
});

test('a mount that only reads changes nothing: a missing folder is empty until somebody fills it', async () => {
  const volume = new VolumeInMemory();
  const part = await subPathOf(volume, 'users/me', 'read');
  expect(volume.commits).toEqual([]);
  const { version, entries } = await part.read();
  expect(entries).toEqual([]);
  await volume.commit([{ put: { ...file, path: 'users/me/f' } }]);
  expect((await part.read(version)).entries).toMatchObject([{ path: 'f' }]);
});
