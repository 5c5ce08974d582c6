import type { GroupId } from '../demand/demand-group.js';
import type { Plan, PlannedCell } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { usualPrices, waitPrice } from './list-prices.js';
import { newcomers } from './newcomers.js';
import { nodesThere } from './nodes-there.js';
import type { OfferUses } from './offer-uses.js';
import { thousandths } from './thousandths.js';

/** Of longer periods it is not asked whether their nodes were there when they began. */
export const LATE_UP_TO_MS = 3_600_000;

/** Thousandths of containers that wait, and container-milliseconds that they wait. */
type Wait = { late: number; containerMs: number };

/**
 * In each cell those wait for whom no node is there when a period begins: the cheapest first, and of groups that stay where they are no
 * more than do not run yet, as long as those suffice.
 */
export const countWaits = (
  problem: PlanningProblem,
  plan: Plan,
  uses: OfferUses,
): ReadonlyMap<GroupId, readonly Wait[]> => {
  const waits = new Map(
    plan.service.map(({ groupId }) => [groupId, plan.periods.map((): Wait => ({ late: 0, containerMs: 0 }))]),
  );
  const ready = readyUnits(problem, plan, uses);
  const prices = latePrices(problem);
  const newIn = newcomers(problem, plan);
  const serving = Map.groupBy(plan.serving, ({ cellId }) => cellId);
  for (const cell of plan.cells) {
    const { taken } = uses.get(cell.offerIds[0]!)!;
    const standing = (serving.get(cell.cellId) ?? [])
      .map(({ groupId, containers }) => {
        const units = taken.get(groupId) ?? 0;
        return { groupId, containers, units, price: prices.get(groupId)! / units };
      })
      .filter(({ units }) => units > 0)
      .sort((a, b) => a.price - b.price || (a.groupId < b.groupId ? -1 : 1));
    plan.periods.forEach(({ lengthMs }, period) => {
      if (lengthMs > LATE_UP_TO_MS || cell.leadMs === 0) return;
      let lacking =
        standing.reduce((sum, { containers, units }) => sum + units * thousandths(containers[period]!), 0) -
        ready(cell, period);
      const wait = (groupId: GroupId, units: number, most: number): void => {
        const waiting = Math.max(0, Math.min(most, Math.ceil(lacking / units)));
        lacking -= waiting * units;
        const sum = waits.get(groupId)![period]!;
        sum.late += waiting;
        sum.containerMs += Math.round((waiting * Math.min(cell.leadMs, lengthMs)) / 1000);
      };
      const served = standing.map(({ containers }) => thousandths(containers[period]!));
      const fresh = standing.map(({ groupId }, at) => Math.min(served[at]!, newIn(groupId, period)));
      for (const [at, { groupId, units }] of standing.entries()) wait(groupId, units, fresh[at]!);
      for (const [at, { groupId, units }] of [...standing.entries()].reverse())
        wait(groupId, units, served[at]! - fresh[at]!);
    });
  }
  return waits;
};

/** Thousandths of units of a cell's nodes that were held before a period, now or by the plan, and are there when it begins. */
const readyUnits = (
  problem: PlanningProblem,
  plan: Plan,
  uses: OfferUses,
): ((cell: PlannedCell, period: number) => number) => {
  const planned = new Map(plan.offers.map((offer) => [offer.offerId, offer]));
  const there = nodesThere(problem);
  return ({ offerIds }, period) =>
    offerIds.reduce((sum, offerId) => {
      const offer = planned.get(offerId);
      if (offer === undefined) return sum;
      const before = thousandths(offer.nodes[period]!) - thousandths(offer.starts[period]!);
      const joined = period === 0 ? Math.min(before, thousandths(there.get(offerId) ?? 0)) : before;
      return sum + joined * uses.get(offerId)!.units;
    }, 0);
};

const latePrices = (problem: PlanningProblem): ReadonlyMap<GroupId, number> => {
  const usual = usualPrices(problem);
  return new Map(problem.groups.map((group) => [group.groupId, waitPrice(problem, usual, group).late]));
};
