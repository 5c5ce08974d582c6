import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { PlannerPorts } from '../ports.js';
import { makePlan } from '../portfolio/make-plan.js';
import type { Comparison } from './explanation.js';

/** What if: the plan of the problem as it is beside that of the problem as it would be. */
export const whatIf = async (
  before: Plan,
  changed: PlanningProblem,
  ports: PlannerPorts,
): Promise<Comparison> => comparePlans(before, await makePlan(changed, ports));

export const comparePlans = (before: Plan, after: Plan): Comparison => {
  const now = new Map(before.offers.map(({ offerId, nodes }) => [offerId, nodes[0]!]));
  const then = new Map(after.offers.map(({ offerId, nodes }) => [offerId, nodes[0]!]));
  const short = ({ service }: Plan): number => service.reduce((sum, group) => sum + group.short[0]!, 0);
  return {
    before,
    after,
    totalDifferenceMicroUsd: after.cost.totalMicroUsd - before.cost.totalMicroUsd,
    paidPerHourDifferenceMicroUsd: after.cost.paidMicroUsdPerHourAfter - before.cost.paidMicroUsdPerHourAfter,
    offers: [...new Set([...now.keys(), ...then.keys()])]
      .toSorted()
      .map((offerId) => ({ offerId, nodesBefore: now.get(offerId) ?? 0, nodesAfter: then.get(offerId) ?? 0 }))
      .filter(({ nodesBefore, nodesAfter }) => nodesBefore !== nodesAfter),
    shortDifferenceContainers: short(after) - short(before),
  };
};
