import type { Prepared, Unit } from '../model/prepared.js';
import type { BuiltProgram } from '../program/program-layout.js';
import { reducedCost } from '../program/sub-program.js';
import type { Choice } from './choice.js';
import { fillDuals } from './fill-duals.js';
import { cheapestTrajectory, unitCosts } from './unit-costs.js';

/** What might save something beside what takes part, the most first. */
export type Missed = Readonly<{
  units: readonly Readonly<{ unit: number; saves: number }>[];
  pairs: readonly Readonly<{ pair: number; saves: number }>[];
  /** By cell in which nothing takes part yet: the units that would pay first there. */
  paying: ReadonlyMap<number, readonly number[]>;
  /** What all of it could save at most: no plan is cheaper than the one with what takes part by more than this. */
  savings: number;
}>;

/** Less than this is noise of the solver's. */
const NOISE_USD = 1e-6;

/** Prices what takes no part by the duals of a solve with what does: any duals, with what they leave to be saved, make a bound. */
export const priceOut = (
  built: BuiltProgram,
  prepared: Prepared,
  choice: Choice,
  duals: Float64Array,
): Missed => {
  const paying = fillDuals(built, prepared, choice, duals);
  const pairs = missedPairs(built, prepared, choice, duals);
  const units = prepared.units
    .filter(({ index }) => choice.units[index] === 0)
    .map((unit) => ({ unit: unit.index, saves: savedBy(built, unit, duals) }))
    .filter(({ saves }) => saves > NOISE_USD)
    .toSorted((a, b) => b.saves - a.saves || a.unit - b.unit);
  return {
    units,
    paying,
    pairs: pairs.found,
    savings: pairs.savings + units.reduce((sum, { saves }) => sum + saves, 0),
  };
};

/** All nodes of a unit, each started and stopped as is best for it. */
const savedBy = (built: BuiltProgram, unit: Unit, duals: Float64Array): number => {
  const { held, cap, index } = unit;
  const { on, off } = cheapestTrajectory(unitCosts(built, index, duals));
  return -(held * on + (cap - held) * off);
};

/** Of a group no more is served than it wants: each container saves at most what the flow does that saves most. */
const missedPairs = (
  { program, layout }: BuiltProgram,
  { pairs, groups }: Prepared,
  choice: Choice,
  duals: Float64Array,
): Readonly<{ found: Missed['pairs']; savings: number }> => {
  const best = groups.map(({ wanted }) => new Float64Array(wanted.length));
  const found: { pair: number; saves: number }[] = [];
  pairs.forEach(({ group }, pair) => {
    if (choice.pairs[pair] === 1) return;
    const { wanted } = groups[group]!;
    let sum = 0;
    layout.served[pair]!.forEach((column, period) => {
      const saves = -reducedCost(program, duals, column);
      if (saves * wanted[period]! <= NOISE_USD) return;
      best[group]![period] = Math.max(best[group]![period]!, saves);
      sum += saves * wanted[period]!;
    });
    if (sum > 0) found.push({ pair, saves: sum });
  });
  return {
    found: found.toSorted((a, b) => b.saves - a.saves || a.pair - b.pair),
    savings: best.reduce(
      (sum, savings, group) =>
        sum + savings.reduce((total, saves, period) => total + saves * groups[group]!.wanted[period]!, 0),
      0,
    ),
  };
};
