import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { checkFirstWaits } from './check-first-waits.js';
import { countWaits } from './count-waits.js';
import { isSmallFleet } from './is-small-fleet.js';
import type { OfferUses } from './offer-uses.js';
import { thousandths } from './thousandths.js';

/** Who waits for a node, and how long together, is what the nodes make of it; a small fleet's first period is counted otherwise. */
export const checkLateness = (problem: PlanningProblem, plan: Plan, uses: OfferUses): string[] => {
  const isSmall = isSmallFleet(problem, plan, uses);
  const counted = countWaits(problem, plan, uses);
  const wrong = isSmall ? checkFirstWaits(problem, plan, uses) : [];
  for (const { groupId, late, lateContainerMs } of plan.service)
    for (let period = isSmall ? 1 : 0; period < plan.periods.length; period++) {
      const wait = counted.get(groupId)![period]!;
      if (thousandths(late[period]!) !== wait.late)
        wrong.push(
          `${groupId}: ${late[period]} are late in period ${period}; the nodes make it ${wait.late / 1000}`,
        );
      if (lateContainerMs[period] !== wait.containerMs)
        wrong.push(
          `${groupId}: containers wait ${lateContainerMs[period]} ms in period ${period}; the nodes make it ${wait.containerMs}`,
        );
    }
  return wrong;
};
