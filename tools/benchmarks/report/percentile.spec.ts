import fc from 'fast-check';
import { median, noteOnP99, percentile } from './percentile.ts';

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

test.each([
  [[1_500, 99], 'p99 of 99 samples is the greatest of them'],
  [[1], 'p99 of 1 samples is the greatest of them'],
  [[100, 101], undefined],
])('of %j samples it is said: %s', (counts, note) => {
  expect(noteOnP99(counts)).toBe(note);
});

test('a p99 lies below the greatest sample where nothing is said', () => {
  for (const count of [100, 101, 1_000]) {
    const samples = Array.from({ length: count }, (_, index) => index);
    expect(percentile(samples, 0.99)).toBeLessThan(count - 1);
  }
});
