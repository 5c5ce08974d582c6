import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { checkBuffers } from './check-buffers.js';
import { checkCells } from './check-cells.js';
import { checkCost } from './check-cost.js';
import { checkCounts } from './check-counts.js';
import { checkLateness } from './check-lateness.js';
import { checkNames } from './check-names.js';
import { checkPins } from './check-pins.js';
import { checkPlacement } from './check-placement.js';
import { offerUses } from './offer-uses.js';

/**
 * What is wrong with a plan, in sentences; nothing for a good one. It reads the problem and the plan as they are written and shares
 * no code with the planner: pins, shapes, caps, quotas and floors are looked at again, who waits and what is missing of buffers is
 * counted again, and every line of the cost is added up anew.
 */
export const checkPlan = (problem: PlanningProblem, plan: Plan): readonly string[] => {
  const unnamed = checkNames(problem, plan);
  if (unnamed.length > 0) return unnamed;
  const uses = offerUses(problem);
  return [
    ...checkCounts(problem, plan),
    ...checkPins(problem, plan),
    ...checkPlacement(problem, plan),
    ...checkCells(plan, uses),
    ...checkLateness(problem, plan, uses),
    ...checkBuffers(problem, plan, uses),
    ...checkCost(problem, plan),
  ];
};
