import fc from 'fast-check';
import type { DemandSeries } from '../demand-series.js';
import { TRACE_KINDS, traceOf, type TraceKind } from '../testing/demand-traces.testing.js';
import type { Forecaster } from './forecaster.js';
import { pastErrors } from './past-errors.js';
import { persistence } from './persistence.js';
import { pinballLoss, QUANTILE_LEVELS, quantileOf } from './quantiles.js';
import { seasonalRecent } from './seasonal-recent.js';

const LEADS = [3, 6, 12, 24, 36];
const SEEDS = Number(process.env['SEEDS'] ?? 4);

/** Mean pinball loss over leads and levels at moments of the last day, each with the quantiles known at that moment. */
const lossOf = (forecaster: Forecaster, series: DemandSeries): number => {
  let loss = 0;
  let counted = 0;
  const { startsAt, stepMs, values } = series;
  for (let origin = values.length - 288; origin < values.length - 40; origin += 31) {
    const known = { startsAt, stepMs, values: values.slice(0, origin) };
    const foretell = forecaster(known);
    const errors = pastErrors(foretell, known, LEADS, 7);
    LEADS.forEach((lead, index) => {
      const spread = errors[index]!.map(({ error }) => error).toSorted((a, b) => a - b);
      const actual = values[origin + lead - 1]!;
      for (const level of QUANTILE_LEVELS) {
        loss += pinballLoss(level, Math.max(0, foretell(lead) + quantileOf(spread, level)), actual);
        counted += 1;
      }
    });
  }
  return loss / counted;
};

const ratioOn = (kind: TraceKind, seed: number): number => {
  const series = traceOf(kind, seed, 16);
  return lossOf(seasonalRecent, series) / lossOf(persistence, series);
};

describe('the seasonal forecaster beside persistence, by pinball loss', () => {
  const ratios = new Map(
    TRACE_KINDS.map((kind) => [kind, Array.from({ length: SEEDS }, (_, seed) => ratioOn(kind, seed + 1))]),
  );
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

  test.each([
    ['office', 0.8],
    ['diurnal', 0.8],
    ['bursty', 0.9],
    ['nightly', 0.7],
  ] as const)('where there is a season (%s) it is at most %d of the loss', (kind, most) => {
    expect(mean(ratios.get(kind)!)).toBeLessThan(most);
  });

  test.each(['walk', 'flat'] as const)('where there is none (%s) it is no worse than 5 %', (kind) => {
    expect(mean(ratios.get(kind)!)).toBeLessThan(1.05);
  });
});

describe('any forecaster, on any series', () => {
  const series = fc
    .array(fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: undefined, freq: 4 }), { maxLength: 700 })
    .map((values): DemandSeries => ({ startsAt: 0, stepMs: 300_000, values }));

  test.each([
    ['persistence', persistence],
    ['seasonal', seasonalRecent],
  ] as const)('%s is a number that is not negative, holes or not', (_, forecaster) => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 600 }), (known, lead) => {
        const value = forecaster(known)(lead);
        expect(Number.isFinite(value) && value >= 0).toBe(true);
      }),
    );
  });

  test('a constant stays as it is, whatever holes it has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 400, maxLength: 900 }),
        fc.integer({ min: 1, max: 300 }),
        (seen, lead) => {
          const known = {
            startsAt: 0,
            stepMs: 300_000,
            values: [...seen.map((is) => (is ? 7 : undefined)), 7],
          };
          expect(seasonalRecent(known)(lead)).toBeCloseTo(7, 6);
        },
      ),
    );
  });

  test('without a whole day of history it is persistence', () => {
    const known = { startsAt: 0, stepMs: 300_000, values: [1, 5, 9] };
    expect(seasonalRecent(known)(4)).toBe(9);
  });
});

test('a quantile is exact at both ends and in a straight line between', () => {
  expect([0, 0.25, 0.5, 1].map((level) => quantileOf([0, 10, 20], level))).toEqual([0, 5, 10, 20]);
  expect(() => quantileOf([], 0.5)).toThrow(/empty/);
});
