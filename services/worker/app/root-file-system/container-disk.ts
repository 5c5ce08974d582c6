import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tryCommand } from '../command/run-command.js';

const MIB = 1024 * 1024;
const KEPT_FREE_MIB = 2048;
const BYTES_PER_INODE = 16 * 1024;
const SMALLEST_DISK_MIB = 64;
/** ext4 keeps blocks back for what it must note of a write: the last write fails before the last block is taken. */
const FULL_BELOW_MIB = 2;

export type ContainerDisk = Readonly<{ folder: string; sizeMiB: number }>;

/**
 * A file system of its own for what a container writes: an ext4 image in a sparse file. Neither its blocks nor its inodes can
 * take anything from a neighbour, and what the host has left is never promised away.
 */
export const makeContainerDisk = async (
  containerFolder: string,
  askedMiB: number,
): Promise<ContainerDisk> => {
  const folder = join(containerFolder, 'disk');
  const image = join(containerFolder, 'disk.ext4');
  await mkdir(folder, { recursive: true });
  const host = await statfs(containerFolder);
  const freeMiB = Math.floor((host.bavail * host.bsize) / MIB) - KEPT_FREE_MIB;
  const sizeMiB = Math.max(SMALLEST_DISK_MIB, Math.min(askedMiB, freeMiB));
  const file = await open(image, 'w', 0o600);
  await file.truncate(sizeMiB * MIB);
  await file.close();
  // No journal: a container's disk does not outlive a crash of its host.
  await runCommand('mkfs.ext4', [
    ...['-q', '-F', '-m', '0', '-i', `${BYTES_PER_INODE}`, '-O', '^has_journal,^resize_inode'],
    ...['-E', 'lazy_itable_init=1,nodiscard', image],
  ]);
  await runCommand('mount', ['-t', 'ext4', '-o', 'loop,nodev,nosuid,noatime,discard', image, folder]);
  await Promise.all([mkdir(join(folder, 'upper')), mkdir(join(folder, 'work'))]);
  return { folder, sizeMiB };
};

/** What is full once it is full: the container is then ended with a reason that says so. */
export const isDiskFull = async ({ folder }: ContainerDisk): Promise<boolean> => {
  const { bavail, bsize, ffree } = await statfs(folder);
  return bavail * bsize < FULL_BELOW_MIB * MIB || ffree === 0;
};

export const removeContainerDisk = async (containerFolder: string): Promise<void> => {
  await tryCommand('umount', ['-l', join(containerFolder, 'disk')]);
  await rm(join(containerFolder, 'disk.ext4'), { force: true });
};
