import type { Prepared } from '../model/prepared.js';
import type { ExactCounts } from './exact-counts.js';
import { hourly, sumMoney, type ExactMoney } from './exact-money.js';

/** What commitments take off the bill of a period: each node is covered once, the dearest first. */
export const coveredMoney = (
  { commitments, units }: Prepared,
  { nodes }: ExactCounts,
  period: number,
  lengthMs: number,
): ExactMoney => {
  const uncovered = new Map(units.map(({ index }) => [index, nodes[index]![period]!]));
  let covered = 0n;
  for (const { commitment, units: within, active } of commitments) {
    if (!active[period]) continue;
    const dearestFirst = within.toSorted(
      (a, b) => units[b]!.prices.listMicroUsdPerHour - units[a]!.prices.listMicroUsdPerHour,
    );
    if (commitment.kind === 'nodes') {
      let owned = commitment.nodes * 1000;
      for (const unit of dearestFirst) {
        const some = Math.min(owned, uncovered.get(unit)!);
        owned -= some;
        uncovered.set(unit, uncovered.get(unit)! - some);
        covered += hourly(units[unit]!.prices.listMicroUsdPerHour, some, lengthMs);
      }
      continue;
    }
    const bill = sumMoney(dearestFirst, (unit) =>
      hourly(units[unit]!.prices.listMicroUsdPerHour, uncovered.get(unit)!, lengthMs),
    );
    const owned = hourly(commitment.coveredMicroUsdPerHour, 1000, lengthMs);
    covered += bill < owned ? bill : owned;
  }
  return covered;
};
