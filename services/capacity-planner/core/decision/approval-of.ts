import type { Instant } from '@slipway/kernel';
import type { Guardrails } from '../policy.js';
import type { PlanSummary } from './plan-decision.events.js';

/** What a plan spends per hour, and what was spent before it. */
export type Spending = Pick<PlanSummary, 'paidMicroUsdPerHourAfter' | 'paidMicroUsdPerHourBefore'>;

export type StandingVerdict = Readonly<{
  summary: Spending;
  decided: Readonly<{
    at: Instant;
    verdict: 'approved' | 'rejected';
    /** What was agreed to, where changes of the plan were left out. */
    paidMicroUsdPerHour?: number;
  }>;
}>;

/** Plans are made every few minutes and differ by little: what a person said of one is said of those like it, for so long. */
export const VERDICT_HOLDS_MS = 3_600_000;
/** A plan that adds less than this share of what was rejected is another question. */
const LIKE_THE_REJECTED = 0.8;

const addedBy = (spending: Spending): number =>
  spending.paidMicroUsdPerHourAfter - spending.paidMicroUsdPerHourBefore;

const holds = ({ decided }: StandingVerdict, at: Instant): boolean =>
  Math.abs(at - decided.at) < VERDICT_HOLDS_MS;

/** Whether a plan of this moment is turned down by what a person has said of another that added hardly more. */
export const isTurnedDown = (
  spending: Spending,
  verdict: StandingVerdict | undefined,
  at: Instant,
): boolean =>
  verdict?.decided.verdict === 'rejected' &&
  holds(verdict, at) &&
  addedBy(spending) >= LIKE_THE_REJECTED * addedBy(verdict.summary);

/** Whether a plan spends so much more per hour than now that a person has to agree, and none has agreed to as much lately. */
export const approvalOf = (
  spending: Spending,
  { approvalAboveMicroUsdPerHour }: Guardrails,
  verdict: StandingVerdict | undefined,
  at: Instant,
): 'needed' | 'not-needed' => {
  if (approvalAboveMicroUsdPerHour === undefined || addedBy(spending) <= approvalAboveMicroUsdPerHour)
    return 'not-needed';
  const agreed =
    verdict?.decided.verdict === 'approved' &&
    holds(verdict, at) &&
    spending.paidMicroUsdPerHourAfter <=
      (verdict.decided.paidMicroUsdPerHour ?? verdict.summary.paidMicroUsdPerHourAfter);
  return agreed ? 'not-needed' : 'needed';
};
