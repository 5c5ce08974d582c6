import type { DemandSeries } from '../demand-series.js';
import type { Forecaster } from './forecaster.js';

/** Moments of the past at which a forecaster is asked anew; each costs a forecaster. */
const MOST_ORIGINS = 48;

/** How far what came was above what a forecaster would have said, by its start step; only what could be known was shown to it. */
export type PastError = Readonly<{ step: number; error: number }>;

/**
 * The errors of a forecaster on a series' own past, for several leads at once: `leads[i]` gives the list `errors[i]`. Origins stand
 * `strideSteps` apart, counted from the epoch, so that series of other groups are asked at the same moments.
 */
export const pastErrors = (
  forecaster: Forecaster,
  series: DemandSeries,
  leads: readonly number[],
  strideSteps: number,
): readonly (readonly PastError[])[] => {
  const { values, startsAt, stepMs } = series;
  const offset = Math.round(startsAt / stepMs);
  const longest = Math.max(1, ...leads);
  const newest = values.length - 1;
  const errors = leads.map((): PastError[] => []);
  let origin = newest - ((newest + offset) % strideSteps);
  for (let asked = 0; asked < MOST_ORIGINS && origin >= 2; origin -= strideSteps) {
    const known: DemandSeries = { startsAt, stepMs, values: values.slice(0, origin) };
    if (values[origin - 1] === undefined) continue;
    asked += 1;
    const forecast = forecaster(known);
    leads.forEach((lead, index) => {
      const actual = lead <= longest ? values[origin + lead - 1] : undefined;
      if (actual !== undefined)
        errors[index]!.push({ step: offset + origin, error: actual - forecast(lead) });
    });
  }
  return errors;
};
