import type { PlanningProblem } from '../planning-problem.js';
import { isPaidByNodes } from './commitment-over.js';
import { isNamedByLeast } from './pin-rules.js';
import type { Unit } from './prepared.js';

/**
 * More units than a solver can hold within its time and memory: of each cell and size the cheapest, as many as all may have. What is
 * held stays, and what operators want some nodes of or have paid for already. A catalogue has to be very large for this; a plan says how many units it did not look at.
 */
export const MOST_UNITS = 10_000;

export const shortlist = (
  units: readonly Unit[],
  problem: Pick<PlanningProblem, 'policy' | 'commitments'>,
  most: number = MOST_UNITS,
): Unit[] => {
  if (units.length <= most) return [...units];
  const kept = new Set(units.filter((unit) => isMeant(unit, problem)).map(({ index }) => index));
  for (const { unit } of byRank(units)) {
    if (kept.size >= most) break;
    kept.add(unit.index);
  }
  return units.filter(({ index }) => kept.has(index)).map((unit, index) => ({ ...unit, index }));
};

const isMeant = (
  unit: Unit,
  { policy, commitments }: Pick<PlanningProblem, 'policy' | 'commitments'>,
): boolean =>
  unit.held > 0 ||
  isNamedByLeast(unit.offer, policy) ||
  commitments.some((commitment) => isPaidByNodes(unit, commitment));

/** The cheapest of every cell and size first, then the next of every one. */
const byRank = (units: readonly Unit[]): readonly Readonly<{ unit: Unit; rank: number }>[] => {
  const rivals = Map.groupBy(units, ({ cell, slots }) => `${cell}/${slots}`);
  return [...rivals.values()]
    .flatMap((members) =>
      members
        .toSorted((a, b) => effective(a) - effective(b) || a.index - b.index)
        .map((unit, rank) => ({ unit, rank })),
    )
    .toSorted(
      (a, b) => a.rank - b.rank || effective(a.unit) - effective(b.unit) || a.unit.index - b.unit.index,
    );
};

const effective = ({ prices, slots }: Unit): number =>
  (prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour + prices.preemptionMicroUsdPerHour) / slots;
