import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { unitsTaken } from './list-prices.js';
import type { OfferUses } from './offer-uses.js';

/** Is less held and wanted, whatever the period, than what is planned in whole nodes throughout? */
export const isSmallFleet = (
  { groups, fleet, policy }: PlanningProblem,
  { periods, service }: Plan,
  uses: OfferUses,
): boolean => {
  const byId = new Map(groups.map((group) => [group.groupId, group]));
  const held = fleet.holdings.reduce(
    (sum, { offerId, nodes }) => sum + (uses.get(offerId)?.units ?? 0) * nodes,
    0,
  );
  const wanted = periods.map((_, period) =>
    service.reduce(
      (sum, entry) => sum + entry.wanted[period]! * unitsTaken(byId.get(entry.groupId)!, policy.cpuSlot),
      0,
    ),
  );
  return Math.max(held, ...wanted) < policy.solve.allIntegerBelowGpus;
};
