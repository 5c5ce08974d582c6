import type { Plan, PlanningProblem } from '@slipway/capacity-planner-core';

/** Why a plan is as it is, or why one offer is in it or not. */
export type Question = Readonly<{ problem: PlanningProblem; plan: Plan; offerId?: string }>;
