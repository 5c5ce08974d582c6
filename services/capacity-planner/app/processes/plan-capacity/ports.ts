import type { Fleet, Plan, PlanningProblem } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { StoredPlan } from '../../store/plan-store.js';

/** Makes a plan of a problem, off the event loop, and checks it. Rejects where nothing sound was found. */
export type MakePlan = (problem: PlanningProblem) => Promise<Plan>;

/** What is held now. */
export interface FleetSource {
  look(at: Instant): Promise<Fleet>;
}

/** A plan and all that it was made from. */
export type KeptPlan = Readonly<{ stored: StoredPlan; problem: PlanningProblem }>;

/** Does its part of the plan in force; `heldBack` is a newer one that a person keeps from being in force. It is told the same plan again and again, for it may have started anew. */
export interface PlanFollower {
  readonly name: string;
  follow(inForce: KeptPlan, heldBack?: KeptPlan): Promise<void>;
}
