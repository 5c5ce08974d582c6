import type { Prepared } from '../model/prepared.js';
import type { BuiltProgram } from '../program/program-layout.js';
import { reducedCost } from '../program/sub-program.js';
import type { Choice } from './choice.js';
import type { Divisible } from './solve-divisible.js';

/** A node or a container that costs so much more than it is worth has a place in no good plan. */
const NEAR = 0.003;

/** Of what takes part: what the divisible program uses, and what it might as well have used. Whole numbers are searched among these. */
export const nearChoice = (
  { program, layout }: BuiltProgram,
  { units, pairs }: Prepared,
  { choice, values, duals }: Divisible,
): Choice => {
  const isUsed = (columns: Int32Array): boolean => columns.some((column) => values[column]! > 1e-9);
  const isNear = (column: number, worth: number): boolean =>
    reducedCost(program, duals, column) <= NEAR * worth;
  return {
    units: choice.units.map((takesPart, unit) =>
      takesPart === 1 &&
      (units[unit]!.paid.some((nodes) => nodes > 0) ||
        isUsed(layout.nodes[unit]!) ||
        isNear(layout.nodes[unit]![0]!, program.cost[layout.nodes[unit]![0]!]!))
        ? 1
        : 0,
    ),
    pairs: choice.pairs.map((takesPart, pair) => {
      if (takesPart === 0) return 0;
      const rows = layout.demandRows[pairs[pair]!.group]!;
      return isUsed(layout.served[pair]!) ||
        layout.served[pair]!.some((column, period) => isNear(column, duals[rows[period]!]!))
        ? 1
        : 0;
    }),
  };
};
