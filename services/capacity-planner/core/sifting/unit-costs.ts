import type { BuiltProgram } from '../program/program-layout.js';
import { reducedCost } from '../program/sub-program.js';

/** What holding and starting a node of a unit costs in each period, beside what its rows are worth. */
export type UnitCosts = Readonly<{ holding: Float64Array; starting: Float64Array }>;

export const unitCosts = (
  { program, layout }: BuiltProgram,
  unit: number,
  duals: Float64Array,
): UnitCosts => {
  const cost = (column: number): number =>
    program.columnUpper[column] === 0 ? Infinity : reducedCost(program, duals, column);
  return {
    holding: Float64Array.from(layout.nodes[unit]!, cost),
    starting: Float64Array.from(layout.starts[unit]!, cost),
  };
};

/**
 * The least that a node costs over all ways to start and stop it: held when it pays and not when it does not. `on`: it is held now.
 * Below 0 it saves.
 */
export const cheapestTrajectory = ({
  holding,
  starting,
}: UnitCosts): Readonly<{ on: number; off: number }> => {
  let on = 0;
  let off = 0;
  for (let period = holding.length - 1; period >= 0; period--) {
    const held = holding[period]! + on;
    on = Math.min(held, off);
    off = Math.min(held + starting[period]!, off);
  }
  return { on, off };
};
