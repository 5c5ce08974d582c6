import { VOLUME_BLOCK_BYTES, type Digest } from '@slipway/contracts';
import type { DirectoryNode, FileNode } from '@slipway/worker-core';
import type { BlockFiles } from './block-files.js';

const FILES_AHEAD = 32;
/** Cookies of a folder have gaps where files were removed. */
const NEAR = 64;
/** A look for the next files passes by all before them. */
const LARGEST_DIRECTORY = 20_000;

/** Sees where one small file after the other is read of a folder, and names the blocks of those that come next. */
export class SiblingsAhead {
  private directory: DirectoryNode | undefined;
  private lastCookie = 0;
  private namedTo = 0;

  constructor(
    private readonly blocks: BlockFiles,
    private readonly fetch: (digests: readonly Digest[]) => void,
  ) {}

  /** A file was read whose block is not here. */
  missed({ parent, name, content }: FileNode): void {
    if (parent === undefined || content.sizeBytes > VOLUME_BLOCK_BYTES) return;
    const cookie = parent.entries.get(name)?.cookie ?? 0;
    const inOrder = parent === this.directory && cookie > this.lastCookie && cookie - this.lastCookie <= NEAR;
    if (parent !== this.directory) this.namedTo = 0;
    this.directory = parent;
    this.lastCookie = cookie;
    if (!inOrder || parent.entries.size > LARGEST_DIRECTORY || this.namedTo - cookie > FILES_AHEAD / 2)
      return;
    const digests = this.next(parent, Math.max(cookie, this.namedTo));
    if (digests.length > 0) this.fetch(digests);
  }

  private next({ entries }: DirectoryNode, after: number): readonly Digest[] {
    const digests: Digest[] = [];
    for (const { node, cookie } of entries.values()) {
      if (cookie <= after) continue;
      if (digests.length >= FILES_AHEAD) break;
      this.namedTo = cookie;
      if (node.kind !== 'file' || node.content.sizeBytes > VOLUME_BLOCK_BYTES) continue;
      digests.push(...node.content.storedBlocks(0, 1, 0).filter((digest) => !this.blocks.has(digest)));
    }
    return digests;
  }
}
