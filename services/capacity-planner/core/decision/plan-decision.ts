import { refuse, type Decision, type Instant } from '@slipway/kernel';
import type { Guardrails } from '../policy.js';
import type { CostLadder } from '../plan/plan.js';
import type { PlanDecisionEvent, PlanSummary } from './plan-decision.events.js';

/** How a plan stands: in force, waiting for a person, turned down, or overtaken by a newer one before anybody decided. */
export type PlanState = 'in-force' | 'waiting' | 'rejected' | 'superseded';

export type DecidedPlan = Readonly<{
  planId: string;
  summary: PlanSummary;
  approval: 'needed' | 'not-needed';
  decided?: Readonly<{ at: Instant; by: string; verdict: 'approved' | 'rejected'; reason?: string }>;
}>;

/** All plans that still matter: the newest, and the newest that may be acted on. */
export type PlanDecisions = Readonly<{ newest?: DecidedPlan; inForce?: DecidedPlan }>;

export const initialDecisions: PlanDecisions = {};

export const evolveDecisions = (
  decisions: PlanDecisions,
  event: PlanDecisionEvent,
  at: Instant,
): PlanDecisions => {
  switch (event.type) {
    case 'plan-made':
      return event.data.approval === 'needed'
        ? { ...decisions, newest: event.data }
        : { newest: event.data, inForce: event.data };
    case 'plan-approved': {
      const { newest } = decisions;
      if (newest?.planId !== event.data.planId) return decisions;
      const approved: DecidedPlan = { ...newest, decided: { at, by: event.data.by, verdict: 'approved' } };
      return { newest: approved, inForce: approved };
    }
    case 'plan-rejected': {
      const { newest } = decisions;
      if (newest?.planId !== event.data.planId) return decisions;
      const { by, reason } = event.data;
      return { ...decisions, newest: { ...newest, decided: { at, by, verdict: 'rejected', reason } } };
    }
    default:
      return event satisfies never;
  }
};

/** Whether a plan spends so much more per hour than now that a person has to agree. */
export const approvalOf = (
  { paidMicroUsdPerHourAfter, paidMicroUsdPerHourBefore }: CostLadder,
  { approvalAboveMicroUsdPerHour }: Guardrails,
): 'needed' | 'not-needed' =>
  approvalAboveMicroUsdPerHour !== undefined &&
  paidMicroUsdPerHourAfter - paidMicroUsdPerHourBefore > approvalAboveMicroUsdPerHour
    ? 'needed'
    : 'not-needed';

type Verdict = Readonly<{ planId: string; by: string }>;

export const approve = (decisions: PlanDecisions, { planId, by }: Verdict): Decision<PlanDecisionEvent> =>
  onlyWaiting(decisions, planId, 'approved') ?? [{ type: 'plan-approved', data: { planId, by } }];

export const reject = (
  decisions: PlanDecisions,
  { planId, by, reason }: Verdict & Readonly<{ reason: string }>,
): Decision<PlanDecisionEvent> =>
  onlyWaiting(decisions, planId, 'rejected') ?? [{ type: 'plan-rejected', data: { planId, by, reason } }];

/** Nothing where the plan waits for this verdict; a verdict that it has already is no news. */
const onlyWaiting = (
  { newest }: PlanDecisions,
  planId: string,
  verdict: 'approved' | 'rejected',
): Decision<never> | undefined => {
  if (newest?.planId !== planId)
    return refuse(
      'conflict',
      'plan-superseded',
      `Plan ${planId} is not the newest${newest === undefined ? '' : `; ${newest.planId} is`}: a decision is about the newest plan alone.`,
    );
  if (newest.decided !== undefined)
    return newest.decided.verdict === verdict
      ? []
      : refuse(
          'conflict',
          'plan-decided',
          `Plan ${planId} was ${newest.decided.verdict} by ${newest.decided.by} already.`,
        );
  if (newest.approval === 'not-needed')
    return refuse(
      'conflict',
      'plan-in-force',
      `Plan ${planId} needed no approval and is in force; freeze planning to stop it.`,
    );
  return undefined;
};

/** How a plan stands now. */
export const stateOf = ({ newest, inForce }: PlanDecisions, planId: string): PlanState => {
  if (inForce?.planId === planId) return 'in-force';
  if (newest?.planId !== planId) return 'superseded';
  return newest.decided?.verdict === 'rejected' ? 'rejected' : 'waiting';
};
