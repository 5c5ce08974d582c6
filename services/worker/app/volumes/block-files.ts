import { closeSync, futimesSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '@slipway/contracts';

const MOST_OPEN = 64;

/** Where a block lies in the cache. */
export const blockFile = (folder: string, digest: Digest): string => join(folder, digest.slice(0, 2), digest);

/** Blocks that are on this worker's disk, as a thread reads them that must not wait. */
export class BlockFiles {
  private readonly open = new Map<Digest, number>();

  constructor(private readonly folder: string) {}

  has(digest: Digest): boolean {
    return this.descriptorOf(digest) !== undefined;
  }

  /** Fills `into`; zeros where the block ends. False when the block is not here. */
  read(digest: Digest, offset: number, into: Buffer): boolean {
    const descriptor = this.descriptorOf(digest);
    if (descriptor === undefined) return false;
    const read = readSync(descriptor, into, 0, into.length, offset);
    if (read < into.length) into.fill(0, read);
    return true;
  }

  private descriptorOf(digest: Digest): number | undefined {
    const known = this.open.get(digest);
    if (known !== undefined) return known;
    let descriptor: number;
    try {
      descriptor = openSync(blockFile(this.folder, digest), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    const now = new Date();
    // The time of last use, by which the cache is cleaned.
    futimesSync(descriptor, now, now);
    this.open.set(digest, descriptor);
    const [oldest] = this.open;
    if (this.open.size > MOST_OPEN && oldest !== undefined) {
      closeSync(oldest[1]);
      this.open.delete(oldest[0]);
    }
    return descriptor;
  }
}
