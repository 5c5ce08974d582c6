import { mkdir, mkdtemp, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TaskAssignment, VolumeEntry } from '@slipway/contracts';
import { VolumeMounts, type VolumeMountParts } from '../volumes/volume-mounts.js';
import { linkMounts, mountVolumes } from './mount-volumes.js';

describe('volumes that cannot be mounted', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'mount-volumes-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const task = {
    taskId: 'ta-1',
    workspaceId: 'ours',
    volumes: [
      { volumeId: 'vo-1', mountPath: '/data', subPath: 'a/b', access: 'write', commits: 'background' },
    ],
  } as unknown as TaskAssignment;
  const events = { onLost: () => undefined, tell: () => undefined };

  /** On a worker that reads these entries of the volume, and whose commits end so. */
  const mount = (entries: readonly VolumeEntry[], commit: () => Promise<unknown>, volumesFolder = folder) => {
    const bus = {
      persist: async (name: string) =>
        name === 'blob-store.read-volume' ? { version: 1, full: true, entries, removed: [] } : commit(),
    };
    const parts = { folder: volumesFolder, bus } as unknown as VolumeMountParts;
    return mountVolumes({ volumes: new VolumeMounts(parts) }, task, events);
  };
  const never = () => Promise.reject(new Error('nothing is to be committed'));

  test.each(['a', 'a/b'])(
    'end the start for good where a file has the path of a sub_path: %s',
    async (path) => {
      const file = { kind: 'file', path, mode: 0o644, mtimeMs: 0, sizeBytes: 0, blocks: [] } as const;
      await expect(mount([file], never)).rejects.toMatchObject({
        reason: 'init-failure',
        message: `volumes: sub_path 'a/b' cannot be mounted: '${path}' is a file of the volume, and must be a folder`,
      });
    },
  );

  test('are an outage of the platform where a commit is not answered', async () => {
    const away = () => Promise.reject(new Error('no answer'));
    await expect(mount([], away)).rejects.toMatchObject({
      reason: 'platform-error',
      message: 'volumes: no answer',
    });
  });

  test('are an outage of the platform where the host fails', async () => {
    const inTheWay = join(folder, 'file');
    await writeFile(inTheWay, '');
    await expect(mount([], never, inTheWay)).rejects.toMatchObject({ reason: 'platform-error' });
  });
});

describe('mount paths of volumes', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'link-mounts-'));
    await mkdir(join(root, 'full'));
    await writeFile(join(root, 'full/file'), '');
    await symlink('loop', join(root, 'loop'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const link = (mountPath: string, of = root) =>
    linkMounts(of, {
      volumes: [{ volumeId: 'vo-1', mountPath, access: 'write', commits: 'background' }],
    } as unknown as TaskAssignment);

  test('are links to them', async () => {
    await link('/mnt/data');
    expect(await readlink(join(root, 'mnt/data'))).toBe('/__modal/volumes/vo-1');
  });

  test.each([
    ['/full', 'a folder that is not empty there'],
    ['/full/file', 'a file there'],
    [
      '/full/file/data',
      "'/full/file/data' cannot be a folder of the container: the image has a file in its way",
    ],
    ['/full/file/a/b', 'the image has a file in its way'],
    ['/loop/data', 'more than 64 symbolic links'],
    [`/${'n'.repeat(300)}`, 'a name in it is too long'],
  ])('that the image has something in the way of end the start for good: %s', async (path, why) => {
    await expect(link(path)).rejects.toMatchObject({
      reason: 'init-failure',
      message: expect.stringContaining(why),
    });
  });

  test('that the host cannot make are an outage of the platform', async () => {
    // It takes no files, whoever asks, as a disk that is full.
    await expect(link('/data', '/sys')).rejects.toMatchObject({ reason: 'platform-error' });
  });
});
