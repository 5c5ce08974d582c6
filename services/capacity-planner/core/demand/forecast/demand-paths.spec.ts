import fc from 'fast-check';
import type { DemandSeries } from '../demand-series.js';
import { demandPaths, type ForetoldFromNow } from './demand-paths.js';
import { persistence } from './persistence.js';

const STEP_MS = 900_000;
const LEADS = [1, 2, 3, 4];

const known = (values: readonly (number | undefined)[], startsAt = 0): ForetoldFromNow => {
  const series: DemandSeries = { startsAt, stepMs: STEP_MS, values };
  return { series, foretell: persistence(series), now: Math.ceil(values.at(-1) ?? 0) };
};
const repeated = (cycle: readonly number[], steps: number): number[] =>
  Array.from({ length: steps }, (_, step) => cycle[step % cycle.length]!);

describe('futures from what came of forecasts', () => {
  test('are all the same where all was foretold', () => {
    const paths = demandPaths([known(repeated([3], 60))], LEADS);
    expect(paths.length).toBeGreaterThanOrEqual(12);
    for (const path of paths) expect(path).toEqual([[3, 3, 3, 3]]);
  });

  test('have as many bursts as the past had', () => {
    // One step of eight wants two more, and nobody foresees it.
    const paths = demandPaths([known(repeated([1, 1, 1, 1, 3, 1, 1, 1], 200))], [1]);
    const bursts = paths.filter((path) => path[0]![0] === 3).length;
    expect(bursts / paths.length).toBeGreaterThan(0.04);
    expect(bursts / paths.length).toBeLessThan(0.25);
  });

  test('rise together where demand rose together', () => {
    const bursting = repeated([0, 0, 0, 2, 0, 0, 0], 200);
    for (const [one, other] of demandPaths([known(bursting), known(bursting)], LEADS))
      expect(one).toEqual(other);
  });

  test('are laid out by chance while little is known', () => {
    const paths = demandPaths([known([2, 2, 2])], LEADS);
    const last = paths.map((path) => path[0]![3]!);
    expect(new Set(last).size).toBeGreaterThan(1);
    expect(last.reduce((sum, count) => sum + count, 0) / last.length).toBeGreaterThan(1);
    expect(last.reduce((sum, count) => sum + count, 0) / last.length).toBeLessThan(3);
  });

  test('have nobody come of whom little is known, and who is gone now', () => {
    const paths = demandPaths([{ ...known([2, 2, 0.4]), now: 0 }], LEADS);
    for (const path of paths) expect(path).toEqual([[0, 0, 0, 0]]);
  });

  test('go on by chance for a group of which most of the past is not known, beside one that was foretold', () => {
    const old = known(repeated([3], 400));
    const young = known(repeated([2], 6), 394 * STEP_MS);
    const paths = demandPaths([old, young], LEADS);
    for (const [calm] of paths) expect(calm).toEqual([3, 3, 3, 3]);
    expect(paths.filter(([, counts]) => new Set(counts).size > 1).length).toBeGreaterThan(paths.length / 2);
  });

  test('are of all times among the first few', () => {
    // In the older half of the past one more came now and then, in the newer half nobody.
    const calmLately = known([...repeated([1, 1, 3, 1], 300), ...repeated([1], 300)]);
    const paths = demandPaths([calmLately], [1]);
    const surprises = (from: number, to: number): number =>
      paths.slice(from, to).filter(([counts]) => counts![0]! > 1).length;
    expect(surprises(0, 8)).toBeGreaterThan(0);
    expect(surprises(0, 8)).toBeLessThan(8);
  });

  test('are whole, not negative, one for each group and lead, whatever was seen; and the same again', () => {
    const values = fc.array(fc.option(fc.nat(9), { nil: undefined }), { maxLength: 80 });
    fc.assert(
      fc.property(fc.array(fc.tuple(values, fc.nat(20)), { minLength: 1, maxLength: 4 }), (groups) => {
        const foretold = groups.map(([seen, offset]) => known(seen, offset * STEP_MS));
        const paths = demandPaths(foretold, LEADS);
        expect(paths.length).toBeGreaterThan(0);
        for (const path of paths) {
          expect(path).toHaveLength(groups.length);
          for (const counts of path) {
            expect(counts).toHaveLength(LEADS.length);
            expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
          }
        }
        expect(demandPaths(foretold, LEADS)).toEqual(paths);
      }),
    );
  });
});
