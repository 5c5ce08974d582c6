import fc from 'fast-check';
import { isRefusal } from '@slipway/kernel';
import {
  itemsInAnswer,
  MOST_ANSWER_BYTES,
  partitionLifeMs,
  refusePartitionKey,
  refuseQueuePut,
} from './queue-limits.js';

const MIB = 1024 * 1024;

test('items of a MiB, 64 MiB and five thousand at once, may be put', () => {
  expect(refuseQueuePut(Array.from({ length: 64 }, () => MIB))).toBeUndefined();
  expect(refuseQueuePut(Array.from({ length: 5_000 }, () => 1))).toBeUndefined();
});

test('one byte and one item more are refused with the text that clients know', () => {
  const tooMuch = [1, ...Array.from({ length: 64 }, () => MIB)];
  for (const sizes of [[1, MIB + 1], Array.from({ length: 5_001 }, () => 1), tooMuch])
    expect(refuseQueuePut(sizes)?.message).toContain("status = '413'");
  expect(refuseQueuePut([1, MIB + 1])?.message).toContain('Item 1');
});

test('a partition lives a day unless it is told otherwise, and at most seven', () => {
  expect(partitionLifeMs(0)).toBe(24 * 3_600_000);
  expect(partitionLifeMs(1)).toBe(1000);
  expect(isRefusal(partitionLifeMs(7 * 24 * 3600 + 1))).toBe(true);
  expect(isRefusal(partitionLifeMs(-1))).toBe(true);
});

test('a key has at most 64 bytes', () => {
  expect(refusePartitionKey(64)).toBeUndefined();
  expect(refusePartitionKey(65)).toMatchObject({ refused: 'invalid' });
});

test('an answer holds at least one item and as many as fit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 * MIB }), { minLength: 1, maxLength: 100 }), (sizes) => {
      const count = itemsInAnswer(sizes);
      const sum = (upTo: number) => sizes.slice(0, upTo).reduce((total, bytes) => total + bytes, 0);
      expect(count).toBeGreaterThan(0);
      expect(count === 1 || sum(count) <= MOST_ANSWER_BYTES).toBe(true);
      expect(count === sizes.length || sum(count + 1) > MOST_ANSWER_BYTES).toBe(true);
    }),
  );
});
