import * as fc from 'fast-check';
import { HeldResults } from './held-results.js';

const KIB = 1024;
const place = (version: number, kib = 4) => ({ version, bytes: kib * KIB });
const idsOf = (results: Iterable<readonly [string, unknown]>): readonly string[] =>
  [...results].map(([inputId]) => inputId);

/** Room for three results of 4 KiB; `given` are in it. */
const withRoomFor12KiB = (...given: readonly string[]): HeldResults => {
  const held = new HeldResults(12 * KIB);
  given.forEach((inputId, n) => held.hold(inputId, place(n + 1)));
  return held;
};

describe('the results that are in memory', () => {
  test('given room, when one comes, then none goes', () => {
    const held = withRoomFor12KiB('a', 'b');
    expect(held.hold('c', place(3))).toEqual([]);
    expect(idsOf(held)).toEqual(['a', 'b', 'c']);
  });

  test('given no room, when one comes, then as many go as must, the longest held first', () => {
    const held = withRoomFor12KiB('a', 'b', 'c');
    expect(held.hold('d', place(4, 5))).toEqual([
      ['a', place(1)],
      ['b', place(2)],
    ]);
    expect(idsOf(held)).toEqual(['c', 'd']);
  });

  test('given any, when one comes that is larger than all the room, then it goes too', () => {
    const held = withRoomFor12KiB('a');
    expect(idsOf(held.hold('b', place(2, 13)))).toEqual(['a', 'b']);
    expect(idsOf(held)).toEqual([]);
  });

  test('given no room, when a small one comes, then it stays with its input and none goes', () => {
    const held = withRoomFor12KiB('a', 'b', 'c');
    expect(held.hold('d', place(4, 1))).toEqual([]);
    expect(idsOf(held)).toEqual(['a', 'b', 'c']);
  });

  test('given no room, when one is forgotten, then there is room for another', () => {
    const held = withRoomFor12KiB('a', 'b', 'c');
    held.forget('b');
    held.forget('b');
    expect(held.hold('d', place(4))).toEqual([]);
    expect(idsOf(held)).toEqual(['a', 'c', 'd']);
  });

  test('they never take more than their room', () => {
    const step = fc.record({ inputId: fc.constantFrom(...'abcdefgh'), kib: fc.nat(16), goes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const held = withRoomFor12KiB();
        steps.forEach(({ inputId, kib, goes }, n) => {
          held.forget(inputId);
          if (!goes) held.hold(inputId, place(n, kib));
          const bytes = [...held].reduce((sum, [, at]) => sum + at.bytes, 0);
          expect(bytes).toBeLessThanOrEqual(12 * KIB);
        });
      }),
    );
  });
});

test('one large result makes room however many small ones must go for it', () => {
  const held = new HeldResults(3_000 * 4 * KIB);
  for (let n = 0; n < 3_000; n += 1) held.hold(`in-${n}`, place(n + 1));
  expect(held.hold('large', place(3_001, 2_900 * 4))).toHaveLength(2_900);
});
