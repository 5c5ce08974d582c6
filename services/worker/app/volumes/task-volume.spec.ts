import { RefusedError } from '@slipway/kernel';
import type { MountedVolume } from './mounted-volume.js';
import { TaskVolume } from './task-volume.js';

const volumeWith = (leftOut: { paths: readonly string[] }) => {
  const told: string[] = [];
  const mounted = {
    commit: async () => leftOut.paths,
    reload: async () => leftOut.paths,
    close: async () => undefined,
  } as unknown as MountedVolume;
  const mount = { volumeId: 'vo-1', mountPath: '/data', access: 'write', commits: 'background' } as const;
  const volume = new TaskVolume(mount, mounted, {
    openPaths: async () => [],
    onWarning: () => undefined,
    tell: (message) => told.push(message),
  });
  return { volume, told };
};

test('an explicit commit fails with the files that it had to leave out', async () => {
  const { volume } = volumeWith({ paths: ['f'] });
  const refused = volume.commit();
  await expect(refused).rejects.toThrow(RefusedError);
  await expect(refused).rejects.toThrow("'f' could not be committed, all else was");
  await volume.close();
});

test('programs are told of a file that is left out once, and again when it was committed meanwhile', async () => {
  const leftOut: { paths: readonly string[] } = { paths: ['f'] };
  const { volume, told } = volumeWith(leftOut);
  await volume.reload();
  leftOut.paths = ['f', 'g'];
  await volume.reload();
  leftOut.paths = [];
  await volume.reload();
  leftOut.paths = ['f'];
  await volume.reload();
  await volume.close();
  expect(told.map((message) => /'.*' /.exec(message)?.[0].trim())).toEqual(["'f'", "'g'", "'f'"]);
});

test('the end of a container says which files its last commit left out', async () => {
  const { volume } = volumeWith({ paths: ['f'] });
  expect((await volume.close())?.message).toContain("'f' could not be committed");
  expect(await volumeWith({ paths: [] }).volume.close()).toBeUndefined();
});
