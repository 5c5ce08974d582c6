import { statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tryCommand } from '../command/run-command.js';

const MIB = 1024 * 1024;
const KEPT_FREE_MIB = 2048;
const BYTES_PER_INODE = 16 * 1024;
const SMALLEST_DISK_MIB = 64;
/**
 * What a disk has of the free space even where all of that is promised to others: most containers ask for no disk, are promised a
 * large one and write next to nothing.
 */
const LEAST_OF_FREE_MIB = 4 * 1024;
/** The kernel counts what a file takes in units of this many bytes. */
const STAT_BLOCK_BYTES = 512;
/** ext4 keeps blocks back for what it must note of a write: the last write fails before the last block is taken. */
const FULL_BELOW_MIB = 2;

export type ContainerDisk = Readonly<{ folder: string; sizeMiB: number }>;

const imageIn = (containerFolder: string): string => join(containerFolder, 'disk.ext4');

/**
 * A file system of its own for what each container writes: an ext4 image in a sparse file. Neither its blocks nor its inodes can
 * take anything from a neighbour. What the host has free is promised once: what a disk may still take is not there for the next.
 */
export class ContainerDisks {
  /** The images of living disks, and how many bytes each was promised. */
  private readonly promises = new Map<string, number>();

  /** Of what it asks for, `promisedMiB` are kept for it alone. */
  async make(
    containerFolder: string,
    askedMiB: number,
    promisedMiB: number = askedMiB,
  ): Promise<ContainerDisk> {
    const folder = join(containerFolder, 'disk');
    const image = imageIn(containerFolder);
    await mkdir(folder, { recursive: true });
    const sizeMiB = this.layOut(containerFolder, askedMiB, promisedMiB);
    // No journal: a container's disk does not outlive a crash of its host.
    await runCommand('mkfs.ext4', [
      ...['-q', '-F', '-m', '0', '-i', `${BYTES_PER_INODE}`, '-O', '^has_journal,^resize_inode'],
      ...['-E', 'lazy_itable_init=1,nodiscard', image],
    ]);
    await runCommand('mount', ['-t', 'ext4', '-o', 'loop,nodev,nosuid,noatime,discard', image, folder]);
    await Promise.all([mkdir(join(folder, 'upper')), mkdir(join(folder, 'work'))]);
    return { folder, sizeMiB };
  }

  async remove(containerFolder: string): Promise<void> {
    const image = imageIn(containerFolder);
    await tryCommand('umount', ['-l', join(containerFolder, 'disk')]);
    await rm(image, { force: true });
    this.promises.delete(image);
  }

  /** Makes the sparse file, and answers its size. In one go: of two at once, the second sees what the first was promised. */
  private layOut(containerFolder: string, askedMiB: number, promisedMiB: number): number {
    const host = statfsSync(containerFolder);
    const freeMiB = Math.floor((host.bavail * host.bsize) / MIB) - KEPT_FREE_MIB;
    const unpromisedMiB = freeMiB - this.promisedMiB();
    const mostMiB = Math.max(unpromisedMiB, Math.min(LEAST_OF_FREE_MIB, freeMiB));
    const sizeMiB = Math.max(SMALLEST_DISK_MIB, Math.min(askedMiB, mostMiB));
    const image = imageIn(containerFolder);
    writeFileSync(image, '', { mode: 0o600 });
    truncateSync(image, sizeMiB * MIB);
    this.promises.set(image, Math.min(promisedMiB, sizeMiB) * MIB);
    return sizeMiB;
  }

  /** What living disks may still take of what they were promised. */
  private promisedMiB(): number {
    let bytes = 0;
    for (const [image, promised] of this.promises) {
      const stats = statSync(image, { throwIfNoEntry: false });
      if (stats !== undefined) bytes += Math.max(0, promised - stats.blocks * STAT_BLOCK_BYTES);
    }
    return Math.ceil(bytes / MIB);
  }
}

/** What is full once it is full: the container is then ended with a reason that says so. */
export const isDiskFull = async ({ folder }: ContainerDisk): Promise<boolean> => {
  const { bavail, bsize, ffree } = await statfs(folder);
  return bavail * bsize < FULL_BELOW_MIB * MIB || ffree === 0;
};
