import type { Instant } from '@slipway/kernel';

/** What of a plan stands in the log; the plan itself and its inputs are kept beside it, by its id. */
export type PlanSummary = Readonly<{
  madeAt: Instant;
  /** sha256 of the problem: the same inputs, the same plan, as long as the planner's code is the same. */
  inputsHash: string;
  catalogueVersion: string;
  /** Why it was made now. */
  trigger: string;
  planner: string;
  solverStatus: string;
  gap?: number;
  totalMicroUsd: number;
  paidMicroUsdPerHourBefore: number;
  paidMicroUsdPerHourAfter: number;
  starts: number;
  stops: number;
  shortContainers: number;
}>;

export type PlanMade = {
  type: 'plan-made';
  data: { planId: string; summary: PlanSummary; approval: 'needed' | 'not-needed' };
};
export type PlanApproved = {
  type: 'plan-approved';
  data: {
    planId: string;
    by: string;
    /** Changes that were left out, by offer, and what the plan spends per hour without them. */
    without?: readonly string[];
    paidMicroUsdPerHour?: number;
  };
};
export type PlanRejected = { type: 'plan-rejected'; data: { planId: string; by: string; reason: string } };
/** Nothing could be planned, or the plan was not sound; the last good one stays. */
export type PlanningFailed = { type: 'planning-failed'; data: { trigger: string; because: string } };

export type PlanDecisionEvent = PlanMade | PlanApproved | PlanRejected;
