import { renderTable } from '../../terminal/table.ts';
import type { Measurement } from './measurement.ts';

/** The measurements as people read them. */
export const resultTable = (measurements: readonly Measurement[]): string =>
  renderTable(
    ['METRIC', 'VALUE', 'UNIT', 'BASELINE', 'ITS VALUE', 'RATIO'],
    measurements.map(({ metric, value, unit, baseline, baselineValue, ratio }) => [
      metric,
      String(value),
      unit,
      baseline ?? '-',
      baselineValue === null ? '-' : String(baselineValue),
      ratio === null ? '-' : ratio.toFixed(2),
    ]),
  );
