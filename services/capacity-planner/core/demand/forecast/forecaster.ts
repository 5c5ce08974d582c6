import type { DemandSeries } from '../demand-series.js';

/**
 * Foretells the steps after a series: `lead` is 1 for the step right behind it. With `asOf` it says what it would have said when
 * only so many steps were known. Never negative, never NaN; 0 where nothing is known.
 */
export type Foretell = (lead: number, asOf?: number) => number;
export type Forecaster = (series: DemandSeries) => Foretell;
