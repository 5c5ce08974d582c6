import type { CoveringCommitment, Prepared } from '../model/prepared.js';
import { hourly, sumMoney, type ExactMoney } from './exact-money.js';

/** Nodes of a unit in thousandths. */
export type NodesOf = (unit: number) => number;

/**
 * What commitments take off the bill of a period, in their order: nodes of the dearest offers first, each covered once; then shares
 * of what is left of the bill.
 */
export const coveredMoney = (
  { commitments, units }: Prepared,
  nodesOf: NodesOf,
  period: number,
  lengthMs: number,
): ExactMoney => {
  const active = commitments.filter((one) => one.active[period]);
  if (active.length === 0) return 0n;
  const nodes = new Map(units.map(({ index }) => [index, nodesOf(index)]));
  const price = (unit: number): number => units[unit]!.prices.listMicroUsdPerHour;
  let covered = 0n;
  for (const { commitment, units: within } of active) {
    if (commitment.kind !== 'nodes') continue;
    let owned = commitment.nodes * 1000;
    for (const unit of within.toSorted((a, b) => price(b) - price(a))) {
      const some = Math.min(owned, nodes.get(unit)!);
      owned -= some;
      nodes.set(unit, nodes.get(unit)! - some);
      covered += hourly(price(unit), some, lengthMs);
    }
  }
  const bill = (within: readonly number[]): ExactMoney =>
    sumMoney(within, (unit) => hourly(price(unit), nodes.get(unit)!, lengthMs));
  return covered + coveredShares(active, bill, lengthMs);
};

/** Commitments over a vendor's bill: all of one vendor cover the same, so they add up to it at most. */
const coveredShares = (
  active: readonly CoveringCommitment[],
  bill: (within: readonly number[]) => ExactMoney,
  lengthMs: number,
): ExactMoney => {
  const left = new Map<string, ExactMoney>();
  let covered = 0n;
  for (const { commitment, units } of active) {
    if (commitment.kind !== 'spend') continue;
    const open = left.get(commitment.vendor) ?? bill(units);
    const owned = hourly(commitment.coveredMicroUsdPerHour, 1000, lengthMs);
    const some = open < owned ? open : owned;
    left.set(commitment.vendor, open - some);
    covered += some;
  }
  return covered;
};
