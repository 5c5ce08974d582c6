import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tryCommand } from '../command/run-command.js';

/**
 * Lays the lower folders (lowest first) and the disk's writable layer over one another at `root`. The kernel takes one page
 * of options, so the folders go by short names, relative to the container's own folder.
 */
export const mountRoot = async (
  containerFolder: string,
  lowerFolders: readonly string[],
): Promise<string> => {
  const root = join(containerFolder, 'root');
  const names = join(containerFolder, 'l');
  await Promise.all([mkdir(root, { recursive: true }), mkdir(names, { recursive: true })]);
  await Promise.all(lowerFolders.map((folder, place) => symlink(folder, join(names, `${place}`))));
  // The kernel wants the topmost first.
  const lower = lowerFolders
    .map((_, place) => `l/${place}`)
    .toReversed()
    .join(':');
  const options = `lowerdir=${lower === '' ? 'l' : lower},upperdir=disk/upper,workdir=disk/work`;
  await runCommand('mount', ['-t', 'overlay', 'overlay', '-o', options, 'root'], { cwd: containerFolder });
  return root;
};

export const unmountRoot = (containerFolder: string): Promise<void> =>
  tryCommand('umount', ['-l', join(containerFolder, 'root')]);
