import type { Explanation, Plan, PlanningProblem } from '@slipway/capacity-planner-core';
import type { OfferExplanation } from '@slipway/contracts';
import type { Refusal } from '@slipway/kernel';

/** Says why a plan is as it is, off the event loop. Rejects where nothing could be said. */
export interface Explainer {
  plan(problem: PlanningProblem, plan: Plan): Promise<Explanation>;
  offer(problem: PlanningProblem, plan: Plan, offerId: string): Promise<OfferExplanation | Refusal>;
}
