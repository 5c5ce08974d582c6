import { VOLUME_BLOCK_BYTES, type Digest } from '@slipway/contracts';
import type { FileNode } from '@slipway/worker-core';
import type { BlockFiles } from './block-files.js';

const BLOCKS_AHEAD = 4;
/** The kernel itself reads ahead, in any order within so much. */
const NEAR_BYTES = 4 * 1024 * 1024;
const FILES_REMEMBERED = 1024;

/** Sees which files are read from front to back, and names the blocks that come next and are not here. */
export class ReadAhead {
  private readonly readTo = new Map<number, number>();
  private readonly named = new Map<number, number>();

  constructor(
    private readonly blocks: BlockFiles,
    private readonly fetch: (digests: readonly Digest[]) => void,
  ) {}

  saw({ id, content }: FileNode, offset: number, lengthBytes: number): void {
    if (content.sizeBytes <= VOLUME_BLOCK_BYTES) return;
    const before = this.readTo.get(id) ?? 0;
    this.readTo.delete(id);
    this.readTo.set(id, offset + lengthBytes);
    if (this.readTo.size > FILES_REMEMBERED) {
      const [oldest] = this.readTo.keys();
      this.readTo.delete(oldest!);
      this.named.delete(oldest!);
    }
    const inOrder = before > 0 && Math.abs(offset - before) <= NEAR_BYTES;
    const block = Math.floor((offset + lengthBytes) / VOLUME_BLOCK_BYTES);
    if (!inOrder || this.named.get(id) === block) return;
    this.named.set(id, block);
    const next = content
      .storedBlocks(offset + lengthBytes, 1, BLOCKS_AHEAD - 1)
      .filter((digest) => !this.blocks.has(digest));
    if (next.length > 0) this.fetch(next);
  }
}
