import fc from 'fast-check';
import { median, percentile, percentilesFor } from './percentile.ts';

describe('percentile', () => {
  test('the nearest rank is one of the samples, whatever their order', () => {
    expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(percentile([5, 1, 4, 2, 3], 0.99)).toBe(5);
    expect(percentile([7], 0.5)).toBe(7);
  });

  test('no samples are refused', () => {
    expect(() => median([])).toThrow('no samples');
  });

  test('at least the asked share of the samples is not greater', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (samples, share) => {
          const found = percentile(samples, share);
          expect(samples.filter((sample) => sample <= found).length).toBeGreaterThanOrEqual(
            share * samples.length - 1e-9,
          );
        },
      ),
    );
  });
});

describe('the percentiles that are reported', () => {
  test.each([
    [1, 'max'],
    [12, 'max'],
    [19, 'max'],
    [20, 'p95'],
    [99, 'p95'],
    [100, 'p99'],
  ])('of %i samples are the median and %s', (count, name) => {
    expect(percentilesFor([count]).map(([one]) => one)).toEqual(['p50', name]);
  });

  test('are those that both sides of a comparison carry', () => {
    expect(percentilesFor([1_500, 60])[1]).toEqual(['p95', 0.95]);
  });

  test('lie below the maximum where they are not called it', () => {
    for (const count of [20, 60, 99, 100, 1_000]) {
      const samples = Array.from({ length: count }, (_, index) => index);
      expect(percentile(samples, percentilesFor([count])[1][1])).toBeLessThan(count - 1);
    }
  });
});
