import type { Prepared } from '../model/prepared.js';
import type { ProgramLayout } from '../program/program-layout.js';
import type { Draft } from './draft.js';

/** Reads a solver's values back. Counts that must be integers are integers here: a solver is off by a rounding error. */
export const readDraft = (
  { periods }: Prepared,
  { nodes, served }: ProgramLayout,
  values: Float64Array,
  integerPeriods: number,
): Draft => ({
  nodes: nodes.map((columns) =>
    Float64Array.from(periods, (_, period) => {
      const value = Math.max(0, values[columns[period]!]!);
      return period < integerPeriods ? Math.round(value) : value;
    }),
  ),
  served: served.map((columns) =>
    Float64Array.from(periods, (_, period) => Math.max(0, values[columns[period]!]!)),
  ),
});
