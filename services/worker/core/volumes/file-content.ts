import { VOLUME_BLOCK_BYTES, ZERO_BLOCK, type Digest } from '@slipway/contracts';
import { Extents, type FreedRun, type Placement } from './extents.js';

/** Where a run of a file's bytes comes from. A block may be shorter than what is read of it: the rest is zeros. */
export type Segment = Readonly<{ lengthBytes: number }> &
  (
    | Readonly<{ kind: 'zeros' }>
    | Readonly<{ kind: 'staged'; at: number }>
    | Readonly<{ kind: 'block'; digest: Digest; offset: number }>
  );

/** What a block of a file is to be: as it is stored, or made of these. */
export type PlannedBlock = Digest | readonly Segment[];

/** A commit on its way, and what became of the file since it was planned. */
type OnItsWay = {
  readonly sizeBytes: number;
  /** How far its blocks count: no farther than the file was cut since. */
  storedBytes: number;
  readonly writtenSince: Extents;
};

/** A file's bytes: blocks that the volume has, and over them what was written here since. */
export class FileContent {
  private readonly written = new Extents();
  /** How far the blocks still count; behind it, what was not written is zeros. */
  private storedBytes: number;
  private onItsWay: OnItsWay | undefined;

  constructor(
    private blocks: readonly Digest[] = [],
    private size = 0,
    private sizeOfBlocks = size,
  ) {
    this.storedBytes = size;
  }

  get sizeBytes(): number {
    return this.size;
  }

  get stagedBytes(): number {
    return this.written.bytes;
  }

  /** Nothing was written here, and these are the blocks. */
  isStoredAs({ blocks, sizeBytes }: Readonly<{ blocks: readonly Digest[]; sizeBytes: number }>): boolean {
    return (
      this.written.isEmpty &&
      this.size === sizeBytes &&
      this.storedBytes === sizeBytes &&
      this.blocks.length === blocks.length &&
      this.blocks.every((digest, index) => digest === blocks[index])
    );
  }

  write(
    offset: number,
    lengthBytes: number,
    allocate: (lengthBytes: number) => number,
  ): readonly Placement[] {
    const placements = this.written.write(offset, lengthBytes, allocate);
    this.onItsWay?.writtenSince.write(offset, lengthBytes, (_, start) => start);
    this.size = Math.max(this.size, offset + lengthBytes);
    return placements;
  }

  resize(sizeBytes: number): readonly FreedRun[] {
    this.size = sizeBytes;
    this.storedBytes = Math.min(this.storedBytes, sizeBytes);
    if (this.onItsWay !== undefined)
      this.onItsWay.storedBytes = Math.min(this.onItsWay.storedBytes, sizeBytes);
    return this.written.cut(sizeBytes);
  }

  /** Takes what a reload found of the file; what was written here is done with. */
  replace(blocks: readonly Digest[], sizeBytes: number): readonly FreedRun[] {
    const freed = this.written.cut(0);
    this.blocks = blocks;
    this.size = sizeBytes;
    this.sizeOfBlocks = sizeBytes;
    this.storedBytes = sizeBytes;
    return freed;
  }

  /** What each block is to be in the commit that begins: only those that were written to are made anew. */
  beginCommit(): readonly PlannedBlock[] {
    this.onItsWay = { sizeBytes: this.size, storedBytes: this.size, writtenSince: new Extents() };
    return this.plan();
  }

  /**
   * Takes the blocks that the commit made, if it did, and is done with all that was not written since it began. What was written since
   * lies over them: how much of that the commit saw does not matter.
   */
  endCommit(blocks: readonly Digest[] | undefined): readonly FreedRun[] {
    const { onItsWay } = this;
    this.onItsWay = undefined;
    if (onItsWay === undefined || blocks === undefined) return [];
    this.blocks = blocks;
    this.sizeOfBlocks = onItsWay.sizeBytes;
    this.storedBytes = onItsWay.storedBytes;
    return this.written.keep(onItsWay.writtenSince);
  }

  /** Where the bytes of a range come from, in order; ends at the end of the file. */
  read(offset: number, lengthBytes: number): readonly Segment[] {
    const end = Math.min(offset + lengthBytes, this.size);
    if (offset >= end) return [];
    return this.written
      .covering(offset, end)
      .flatMap((part) =>
        part.at === undefined
          ? this.readStored(part.start, part.end)
          : [{ kind: 'staged' as const, at: part.at, lengthBytes: part.end - part.start }],
      );
  }

  /** The blocks of a range that the volume has, and the `ahead` that follow them. */
  storedBlocks(offset: number, lengthBytes: number, ahead: number): readonly Digest[] {
    const first = Math.floor(offset / VOLUME_BLOCK_BYTES);
    const last = Math.floor((offset + Math.max(0, lengthBytes - 1)) / VOLUME_BLOCK_BYTES);
    return this.blocks.slice(first, last + 1 + ahead).filter((digest) => digest !== ZERO_BLOCK);
  }

  private plan(): readonly PlannedBlock[] {
    const count = Math.ceil(this.size / VOLUME_BLOCK_BYTES);
    return Array.from({ length: count }, (_, index) => {
      const start = index * VOLUME_BLOCK_BYTES;
      const end = Math.min(start + VOLUME_BLOCK_BYTES, this.size);
      if (!this.written.touches(start, end)) {
        if (start >= this.storedBytes) return ZERO_BLOCK;
        // Zeros at a block's end are no part of it: it stays the same where the file only grew.
        if (this.storedBytes >= Math.min(start + VOLUME_BLOCK_BYTES, this.sizeOfBlocks))
          return this.blocks[index] ?? ZERO_BLOCK;
      }
      return this.read(start, end - start);
    });
  }

  private readStored(start: number, end: number): readonly Segment[] {
    const segments: Segment[] = [];
    let position = start;
    while (position < Math.min(end, this.storedBytes)) {
      const index = Math.floor(position / VOLUME_BLOCK_BYTES);
      const to = Math.min(end, this.storedBytes, (index + 1) * VOLUME_BLOCK_BYTES);
      const digest = this.blocks[index] ?? ZERO_BLOCK;
      const lengthBytes = to - position;
      segments.push(
        digest === ZERO_BLOCK
          ? { kind: 'zeros', lengthBytes }
          : { kind: 'block', digest, offset: position - index * VOLUME_BLOCK_BYTES, lengthBytes },
      );
      position = to;
    }
    if (position < end) segments.push({ kind: 'zeros', lengthBytes: end - position });
    return segments;
  }
}
