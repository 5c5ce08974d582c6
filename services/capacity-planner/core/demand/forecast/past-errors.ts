import type { DemandSeries } from '../demand-series.js';
import type { Foretell } from './forecaster.js';

/** Moments of the past at which a forecaster is tried. */
const MOST_ORIGINS = 192;

/** How far what came was above what a forecaster would have said, by its start step, counted from the epoch. */
export type PastError = Readonly<{ step: number; error: number }>;

/**
 * The errors of a forecaster on a series' own past, for several leads at once: `leads[i]` gives the list `errors[i]`. Origins stand
 * `strideSteps` apart, counted from the epoch, so that series of other groups are asked at the same moments.
 */
export const pastErrors = (
  foretell: Foretell,
  { values, startsAt, stepMs }: DemandSeries,
  leads: readonly number[],
  strideSteps: number,
): readonly (readonly PastError[])[] => {
  const offset = Math.round(startsAt / stepMs);
  const newest = values.length - 1;
  const errors = leads.map((): PastError[] => []);
  let origin = newest - ((newest + offset) % strideSteps);
  for (let asked = 0; asked < MOST_ORIGINS && origin >= 2; origin -= strideSteps) {
    if (values[origin - 1] === undefined) continue;
    asked += 1;
    leads.forEach((lead, index) => {
      const actual = values[origin + lead - 1];
      if (actual !== undefined)
        errors[index]!.push({ step: offset + origin, error: actual - foretell(lead, origin) });
    });
  }
  return errors;
};
