import { VOLUME_BLOCK_BYTES, ZERO_BLOCK, type Digest } from '@slipway/contracts';
import fc from 'fast-check';
import { FileContent, type Segment } from './file-content.js';

// Around the border of two blocks: all that can go wrong does so there.
const START = VOLUME_BLOCK_BYTES - 40;
const END = VOLUME_BLOCK_BYTES + 40;

type Step =
  { do: 'write'; offset: number; bytes: number[] } | { do: 'resize'; sizeBytes: number } | { do: 'commit' };

const position = fc.integer({ min: START, max: END - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    offset: position,
    bytes: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 30 }),
  }),
  fc.record({ do: fc.constant('resize' as const), sizeBytes: position }),
  fc.record({ do: fc.constant('commit' as const) }),
);

/** A file that keeps its bytes where its content says, and blocks by made-up digests. */
class Kept {
  readonly content = new FileContent();
  private readonly log: number[] = [];
  private readonly blocks = new Map<Digest, (offset: number) => number>();

  write(offset: number, bytes: readonly number[]): void {
    const allocate = (lengthBytes: number): number => {
      const at = this.log.length;
      this.log.length += lengthBytes;
      return at;
    };
    for (const { from, lengthBytes, at } of this.content.write(offset, bytes.length, allocate))
      for (let index = 0; index < lengthBytes; index += 1) this.log[at + index] = bytes[from + index]!;
  }

  read(offset: number, lengthBytes: number): number[] {
    return this.content.read(offset, lengthBytes).flatMap((segment) => this.bytesOf(segment));
  }

  commit(): void {
    const blocks = this.content.plan().map((block, index) => {
      if (typeof block === 'string') return block;
      const start = index * VOLUME_BLOCK_BYTES;
      const from = Math.max(start, START);
      // Only what lies between START and END is ever anything but zeros.
      const bytes = this.read(from, start + VOLUME_BLOCK_BYTES - from);
      const digest = `block-${this.blocks.size}`;
      this.blocks.set(digest, (at) => bytes[start + at - from] ?? 0);
      return digest;
    });
    this.content.replace(blocks, this.content.sizeBytes);
  }

  private bytesOf(segment: Segment): number[] {
    const indexes = Array.from({ length: segment.lengthBytes }, (_, index) => index);
    switch (segment.kind) {
      case 'zeros':
        return indexes.map(() => 0);
      case 'staged':
        return indexes.map((index) => this.log[segment.at + index]!);
      case 'block':
        return indexes.map((index) => this.blocks.get(segment.digest)!(segment.offset + index));
      default:
        return segment satisfies never;
    }
  }
}

test('a file reads as what was written to it, however it was cut, grown and committed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const kept = new Kept();
      let model: number[] = [];
      let size = 0;
      for (const taken of steps) {
        if (taken.do === 'commit') kept.commit();
        else if (taken.do === 'resize') {
          kept.content.resize(taken.sizeBytes);
          size = taken.sizeBytes;
          model = model.slice(0, Math.max(0, size - START));
        } else {
          kept.write(taken.offset, taken.bytes);
          size = Math.max(size, taken.offset + taken.bytes.length);
          taken.bytes.forEach((byte, index) => (model[taken.offset + index - START] = byte));
        }
        const expected = Array.from({ length: Math.max(0, size - START) }, (_, index) => model[index] ?? 0);
        expect(kept.read(START, 200)).toEqual(expected);
        expect(kept.content.sizeBytes).toBe(size);
      }
    }),
  );
});

test('a commit makes only the blocks anew that were written to', () => {
  const content = new FileContent(['a', 'b', 'c'], 3 * VOLUME_BLOCK_BYTES);
  content.write(VOLUME_BLOCK_BYTES + 5, 10, () => 0);
  expect(content.plan().map((block) => (typeof block === 'string' ? block : 'made'))).toEqual([
    'a',
    'made',
    'c',
  ]);
});

test('a file that only grew keeps its last block: zeros at the end are no part of it', () => {
  const content = new FileContent(['a'], 100);
  content.resize(3 * VOLUME_BLOCK_BYTES);
  expect(content.plan()).toEqual(['a', ZERO_BLOCK, ZERO_BLOCK]);
});

test('a file that was cut has its last block made anew', () => {
  const content = new FileContent(['a'], 100);
  content.resize(50);
  expect(content.plan()).toEqual([[{ kind: 'block', digest: 'a', offset: 0, lengthBytes: 50 }]]);
});

test('what is written over what was written takes no more room', () => {
  let used = 0;
  const allocate = (lengthBytes: number): number => (used += lengthBytes) - lengthBytes;
  const content = new FileContent();
  for (let round = 0; round < 10; round += 1) content.write(round * 3, 100, allocate);
  expect(used).toBe(127);
});
