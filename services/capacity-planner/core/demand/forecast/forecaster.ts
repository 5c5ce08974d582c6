import type { DemandSeries } from '../demand-series.js';

/**
 * Foretells the steps after a series: `(lead)` is 1 for the step right behind it. Never negative, never NaN; 0 where nothing is
 * known. Made once per series, asked for many leads.
 */
export type Forecaster = (series: DemandSeries) => (lead: number) => number;
