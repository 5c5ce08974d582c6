import fc from 'fast-check';
import { CHUNK_BYTES, chunkCount, chunkSpan } from './chunk-span.js';
import { KeyedLock } from './keyed-lock.js';
import { parseDigest } from './parse-digest.js';
import { parseRange } from './parse-range.js';

describe('ranges', () => {
  test.each([
    ['bytes=0-0', { first: 0, last: 0 }],
    ['bytes=5-', { first: 5, last: 9 }],
    ['bytes=5-100', { first: 5, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=-30', { first: 0, last: 9 }],
    ['bytes=0-1,4-5', undefined],
    ['lines=1-2', undefined],
    [undefined, undefined],
  ])('%s of ten bytes', (header, range) => {
    expect(parseRange(header, 10)).toEqual(range);
  });

  test.each(['bytes=10-', 'bytes=6-5', 'bytes=-0'])('%s of ten bytes is not satisfiable', (header) => {
    expect(parseRange(header, 10)).toMatchObject({ code: 'range-not-satisfiable' });
  });

  test('the chunks that are read hold the range, and no chunk too many', () => {
    const sizes = fc.integer({ min: 1, max: 10 * CHUNK_BYTES });
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (sizeBytes, a, b) => {
        const [first = 0, last = 0] = [a % sizeBytes, b % sizeBytes].sort((x, y) => x - y);
        const { firstChunk, lastChunk, read } = chunkSpan({ first, last }, sizeBytes);
        expect(read.first).toBeLessThanOrEqual(first);
        expect(read.last).toBeGreaterThanOrEqual(last);
        expect(first - read.first).toBeLessThan(CHUNK_BYTES);
        expect(read.last - last).toBeLessThan(CHUNK_BYTES);
        expect(lastChunk).toBeLessThan(chunkCount(sizeBytes));
        expect(firstChunk * CHUNK_BYTES).toBe(read.first);
      }),
    );
  });
});

test('a digest that could leave its folder is refused', () => {
  expect(parseDigest('a'.repeat(64))).toBe('a'.repeat(64));
  expect(parseDigest('../etc/passwd')).toMatchObject({ code: 'bad-digest' });
  expect(parseDigest('A'.repeat(64))).toMatchObject({ code: 'bad-digest' });
});

test('what concerns one key runs one after the other, also after a failure', async () => {
  const lock = new KeyedLock();
  const seen: number[] = [];
  const slow = lock.run('a', async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.push(1);
    throw new Error('no');
  });
  const next = lock.run('a', async () => seen.push(2));
  const other = lock.run('b', async () => seen.push(0));
  await Promise.all([expect(slow).rejects.toThrow('no'), next, other]);
  expect(seen).toEqual([0, 1, 2]);
});
