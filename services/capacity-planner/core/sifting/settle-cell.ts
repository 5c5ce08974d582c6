import type { Cell, Prepared } from '../model/prepared.js';
import type { BuiltProgram } from '../program/program-layout.js';
import { cheapestTrajectory, unitCosts, type UnitCosts } from './unit-costs.js';

const STEPS = 16;
/** A node that saves less than this saves nothing. */
const NOISE_USD = 1e-7;

/**
 * Of a cell in which no node takes part: lowers what its slots are worth by one share in all periods until no node there would pay.
 * What is above that, who stands there would save; of a group that is never more than it wants, wherever it stands. Answers the units
 * that would pay first.
 */
export const settleCell = (
  built: BuiltProgram,
  { units }: Prepared,
  cell: Cell,
  duals: Float64Array,
): readonly number[] => {
  const rows = rowsOf(built, cell);
  const worth = rows.map((row) => duals[row]!);
  const scale = (share: number): void => rows.forEach((row, at) => (duals[row] = worth[at]! * share));
  const full = cell.units.map((unit) => unitCosts(built, unit, duals));
  scale(0);
  const none = cell.units.map((unit) => unitCosts(built, unit, duals));
  const pays = (share: number): readonly number[] =>
    cell.units.map((unit, at) => {
      const { on, off } = cheapestTrajectory(between(none[at]!, full[at]!, share));
      return (units[unit]!.held > 0 ? on : off) / units[unit]!.slots;
    });
  const alwaysPaying = pays(0).map((cost) => cost < -NOISE_USD);
  const isSettled = (share: number): boolean =>
    pays(share).every((cost, at) => cost >= -NOISE_USD || alwaysPaying[at]!);
  let [settled, unsettled] = [0, 1];
  if (isSettled(1)) settled = 1;
  else
    for (let step = 0; step < STEPS; step++) {
      const middle = (settled + unsettled) / 2;
      if (isSettled(middle)) settled = middle;
      else unsettled = middle;
    }
  scale(settled);
  if (settled === 1) return [];
  const costs = pays(1);
  return cell.units
    .map((unit, at) => ({ unit, cost: costs[at]! }))
    .filter(({ cost }) => cost < -NOISE_USD)
    .toSorted((a, b) => a.cost - b.cost || a.unit - b.unit)
    .map(({ unit }) => unit);
};

const rowsOf = ({ layout }: BuiltProgram, { index }: Cell): readonly number[] => {
  const { capacity, onTime, within, newcomers, large } = layout.cellRows[index]!;
  return [
    ...capacity.flatMap((rows) => [...rows]),
    ...onTime,
    ...within.flatMap((rows) => [...rows]),
    ...newcomers.flatMap((rows) => rows.map(({ row }) => row)),
    ...large.flatMap((rows) => rows.flatMap(({ row, within: most }) => [row, most])),
  ].filter((row) => row >= 0);
};

const between = (none: UnitCosts, full: UnitCosts, share: number): UnitCosts => ({
  holding: none.holding.map((cost, at) => mix(cost, full.holding[at]!, share)),
  starting: none.starting.map((cost, at) => mix(cost, full.starting[at]!, share)),
});

const mix = (none: number, full: number, share: number): number =>
  none === Infinity ? Infinity : none + share * (full - none);
