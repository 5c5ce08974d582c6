import { VOLUME_BLOCK_BYTES, ZERO_BLOCK, type Digest } from '@slipway/contracts';
import fc from 'fast-check';
import type { FreedRun } from './extents.js';
import { FileContent, type PlannedBlock, type Segment } from './file-content.js';

// Around the border of two blocks: all that can go wrong does so there.
const START = VOLUME_BLOCK_BYTES - 40;
const END = VOLUME_BLOCK_BYTES + 40;

type Step =
  | { do: 'write'; offset: number; bytes: number[] }
  | { do: 'resize'; sizeBytes: number }
  | { do: 'begin-commit' }
  | { do: 'end-commit'; how: 'made-at-once' | 'made-late' | 'failed' };

const position = fc.integer({ min: START, max: END - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    offset: position,
    bytes: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 30 }),
  }),
  fc.record({ do: fc.constant('resize' as const), sizeBytes: position }),
  fc.record({ do: fc.constant('begin-commit' as const) }),
  fc.record({
    do: fc.constant('end-commit' as const),
    how: fc.constantFrom('made-at-once' as const, 'made-late' as const, 'failed' as const),
  }),
);

/** Bytes that nobody may read any more. */
const FREED = -1;

type Block = (offset: number) => number;
type Made = readonly (Digest | Block)[];

/** A file that keeps its bytes where its content says, and blocks by made-up digests. */
class Kept {
  readonly content = new FileContent();
  private readonly log: number[] = [];
  private readonly blocks = new Map<Digest, Block>();
  private onItsWay: { plan: readonly PlannedBlock[]; atOnce: Made; freed: FreedRun[] } | undefined;

  write(offset: number, bytes: readonly number[]): void {
    const allocate = (lengthBytes: number): number => {
      const at = this.log.length;
      this.log.length += lengthBytes;
      return at;
    };
    for (const { from, lengthBytes, at } of this.content.write(offset, bytes.length, allocate))
      for (let index = 0; index < lengthBytes; index += 1) this.log[at + index] = bytes[from + index]!;
  }

  resize(sizeBytes: number): void {
    this.free(this.content.resize(sizeBytes));
  }

  read(offset: number, lengthBytes: number): number[] {
    return this.content.read(offset, lengthBytes).flatMap((segment) => this.bytesOf(segment));
  }

  beginCommit(): void {
    if (this.onItsWay !== undefined) return;
    const plan = this.content.beginCommit();
    this.onItsWay = { plan, atOnce: this.make(plan), freed: [] };
  }

  endCommit(how: 'made-at-once' | 'made-late' | 'failed'): void {
    if (this.onItsWay === undefined) return;
    const { plan, atOnce, freed } = this.onItsWay;
    const made = how === 'made-late' ? this.make(plan) : atOnce;
    this.onItsWay = undefined;
    this.free(freed);
    this.free(this.content.endCommit(how === 'failed' ? undefined : made.map((block) => this.store(block))));
  }

  private make(plan: readonly PlannedBlock[]): Made {
    return plan.map((block) => {
      if (typeof block === 'string') return block;
      const parts = block.map((segment) => ({
        lengthBytes: segment.lengthBytes,
        read: this.reader(segment),
      }));
      return (offset: number) => {
        let at = offset;
        for (const { lengthBytes, read } of parts) {
          if (at < lengthBytes) return read(at);
          at -= lengthBytes;
        }
        return 0;
      };
    });
  }

  private store(block: Digest | Block): Digest {
    if (typeof block === 'string') return block;
    const digest = `block-${this.blocks.size}`;
    this.blocks.set(digest, block);
    return digest;
  }

  private free(runs: readonly FreedRun[]): void {
    // What a commit may still read is kept until it ends.
    if (this.onItsWay !== undefined) this.onItsWay.freed.push(...runs);
    else for (const { at, lengthBytes } of runs) this.log.fill(FREED, at, at + lengthBytes);
  }

  private bytesOf(segment: Segment): number[] {
    const read = this.reader(segment);
    return Array.from({ length: segment.lengthBytes }, (_, index) => read(index));
  }

  private reader(segment: Segment): Block {
    switch (segment.kind) {
      case 'zeros':
        return () => 0;
      case 'staged': {
        const bytes = this.log.slice(segment.at, segment.at + segment.lengthBytes);
        return (index) => bytes[index]!;
      }
      case 'block': {
        const stored = this.blocks.get(segment.digest)!;
        return (index) => stored(segment.offset + index);
      }
      default:
        return segment satisfies never;
    }
  }
}

test('a file reads as what was written to it, however it was cut, grown and committed meanwhile', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const kept = new Kept();
      let model: number[] = [];
      let size = 0;
      let written = new Set<number>();
      let writtenSince: Set<number> | undefined;
      const cut = (positions: Set<number>, sizeBytes: number): void =>
        positions.forEach((at) => at >= sizeBytes && positions.delete(at));
      for (const taken of steps) {
        switch (taken.do) {
          case 'begin-commit':
            kept.beginCommit();
            writtenSince ??= new Set();
            break;
          case 'end-commit':
            kept.endCommit(taken.how);
            if (taken.how !== 'failed') written = writtenSince ?? written;
            writtenSince = undefined;
            break;
          case 'resize':
            kept.resize(taken.sizeBytes);
            size = taken.sizeBytes;
            model = model.slice(0, Math.max(0, size - START));
            for (const positions of [written, writtenSince ?? written]) cut(positions, size);
            break;
          case 'write':
            kept.write(taken.offset, taken.bytes);
            size = Math.max(size, taken.offset + taken.bytes.length);
            taken.bytes.forEach((byte, index) => {
              const at = taken.offset + index;
              model[at - START] = byte;
              written.add(at);
              writtenSince?.add(at);
            });
            break;
          default:
            taken satisfies never;
        }
        const expected = Array.from({ length: Math.max(0, size - START) }, (_, index) => model[index] ?? 0);
        expect(kept.read(START, 200)).toEqual(expected);
        expect(kept.content.sizeBytes).toBe(size);
        expect(kept.content.stagedBytes).toBe(written.size);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a commit makes only the blocks anew that were written to', () => {
  const content = new FileContent(['a', 'b', 'c'], 3 * VOLUME_BLOCK_BYTES);
  content.write(VOLUME_BLOCK_BYTES + 5, 10, () => 0);
  expect(content.beginCommit().map((block) => (typeof block === 'string' ? block : 'made'))).toEqual([
    'a',
    'made',
    'c',
  ]);
});

test('a file that only grew keeps its last block: zeros at the end are no part of it', () => {
  const content = new FileContent(['a'], 100);
  content.resize(3 * VOLUME_BLOCK_BYTES);
  expect(content.beginCommit()).toEqual(['a', ZERO_BLOCK, ZERO_BLOCK]);
});

test('a file that was cut has its last block made anew', () => {
  const content = new FileContent(['a'], 100);
  content.resize(50);
  expect(content.beginCommit()).toEqual([[{ kind: 'block', digest: 'a', offset: 0, lengthBytes: 50 }]]);
});

test('what is written over what was written takes no more room', () => {
  let used = 0;
  const allocate = (lengthBytes: number): number => (used += lengthBytes) - lengthBytes;
  const content = new FileContent();
  for (let round = 0; round < 10; round += 1) content.write(round * 3, 100, allocate);
  expect(used).toBe(127);
});
