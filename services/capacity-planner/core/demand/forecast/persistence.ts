import { newestOf } from '../demand-series.js';
import type { Forecaster } from './forecaster.js';

/** It stays as it is: what every other forecaster has to beat. */
export const persistence: Forecaster = (series) => {
  const newest = newestOf(series);
  return (_lead, asOf = series.values.length) => newest(asOf) ?? 0;
};
