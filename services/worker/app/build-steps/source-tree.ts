import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildStep } from '@slipway/contracts';
import { runCommand, tryCommand } from '../command/run-command.js';
import type { WorkerHost } from '../worker-host.js';

type CopySource = Extract<BuildStep['action'], { kind: 'copy' }>['from'];

/** Lends the files that a COPY takes from: a mount's tree, or another image's root, read-only. */
export const withSourceTree = async (
  host: WorkerHost,
  containerFolder: string,
  from: CopySource,
  use: (tree: string) => Promise<void>,
): Promise<void> => {
  if ('mountId' in from) return use((await host.mounts.folderOf(from.mountId)).folder);
  const layers = await Promise.all(from.layers.map((layer) => host.layers.folderOf(layer)));
  const [only, ...others] = layers;
  if (only !== undefined && others.length === 0) return use(only);
  const names = join(containerFolder, 's');
  await mkdir(names, { recursive: true });
  await mkdir(join(containerFolder, 'source'), { recursive: true });
  await mkdir(join(names, 'empty'), { recursive: true });
  await Promise.all(layers.map((folder, place) => symlink(folder, join(names, `${place}`))));
  // An overlay without a writable layer takes two folders or more.
  const lower = [...layers.map((_, place) => `s/${place}`).toReversed(), 's/empty'].join(':');
  await runCommand('mount', ['-t', 'overlay', 'overlay', '-o', `ro,lowerdir=${lower}`, 'source'], {
    cwd: containerFolder,
  });
  try {
    await use(join(containerFolder, 'source'));
  } finally {
    await tryCommand('umount', ['-l', join(containerFolder, 'source')]);
  }
};
