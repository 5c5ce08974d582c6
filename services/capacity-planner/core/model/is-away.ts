import type { PlanningProblem } from '../planning-problem.js';

/** Whether a vendor has said nothing of its hosts for too long: nothing can be started there, and what is held stays. */
export const isAway = (
  { at, fleet, policy }: Pick<PlanningProblem, 'at' | 'fleet' | 'policy'>,
  vendor: string,
): boolean =>
  fleet.vendorsSeenAt !== undefined &&
  at - (fleet.vendorsSeenAt[vendor] ?? 0) > policy.guardrails.maxFleetAgeMs;
