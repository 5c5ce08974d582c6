import fc from 'fast-check';
import { seededRandom } from './seeded-random.js';

const drawn = (seed: number): readonly number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: 100 }, random);
};

describe('a seeded random', () => {
  test('the same seed gives the same numbers, from 0 up to 1', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(drawn(seed)).toEqual(drawn(seed));
        expect(drawn(seed).every((number) => number >= 0 && number < 1)).toBe(true);
      }),
    );
  });

  test('another seed gives others', () => {
    expect(drawn(1)).not.toEqual(drawn(2));
  });
});
