import type { StatsPercentileDistribution } from '@slipway/protocol';
import type { Percentiles } from '../../store/function-history/function-figures.js';

const BASIS_POINTS = [5_000, 9_000, 9_900];

/** Seconds as the client shows them: only what was measured has a row. */
export const distributions = (
  measured: Readonly<Record<string, Percentiles>>,
): Record<string, StatsPercentileDistribution> =>
  Object.fromEntries(
    Object.entries(measured).flatMap(([name, values]) => {
      if (values === undefined) return [];
      const percentiles = values.map((value, place) => ({
        percentileBasisPoints: BASIS_POINTS[place] ?? 0,
        value,
      }));
      return [[name, { unit: 's', percentiles }]];
    }),
  );
