import type { Fleet, Plan, PlanningProblem } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { StoredPlan } from '../../store/plan-store.js';

/** Makes a plan of a problem, off the event loop, and checks it. Rejects where nothing sound was found. */
export type MakePlan = (problem: PlanningProblem) => Promise<Plan>;

/** What is held now. */
export interface FleetSource {
  look(at: Instant): Promise<Fleet>;
}

/** Does its part of the plan in force. It is told the same plan again and again, for it may have started anew. */
export interface PlanFollower {
  readonly name: string;
  follow(plan: StoredPlan, problem: PlanningProblem): Promise<void>;
}
