import { refuse, type Decision, type Instant } from '@slipway/kernel';
import { isTurnedDown } from './approval-of.js';
import type { PlanApproved, PlanDecisionEvent, PlanSummary } from './plan-decision.events.js';

/** How a plan stands: in force, waiting for a person, turned down, or overtaken before anybody decided. */
export type PlanState = 'in-force' | 'waiting' | 'rejected' | 'superseded';

type MadePlan = Readonly<{ planId: string; summary: PlanSummary; approval: 'needed' | 'not-needed' }>;
type Decided = Readonly<{
  at: Instant;
  by: string;
  verdict: 'approved' | 'rejected';
  reason?: string;
  /** Of an approved plan: offers whose change was left out, and what is agreed to without them. */
  without?: readonly string[];
  paidMicroUsdPerHour?: number;
}>;

export type DecidedPlan = MadePlan & Readonly<{ decided?: Decided }>;

/** All plans that still matter. */
export type PlanDecisions = Readonly<{
  newest?: MadePlan;
  /** The newest that may be acted on. */
  inForce?: DecidedPlan;
  /** Any of these may be approved: who has read one for a while finds it still there. The newest is the last. */
  waiting?: Readonly<{ since: Instant; plans: readonly MadePlan[] }>;
  /** What a person said last, and of which plan. */
  verdict?: MadePlan & Readonly<{ decided: Decided }>;
}>;

export const initialDecisions: PlanDecisions = {};

/** Of inputs that are older than this nobody has to decide any more while there are newer ones; it is the age of a stale forecast. */
const WAITS_FOR_MS = 15 * 60_000;

export const evolveDecisions = (
  decisions: PlanDecisions,
  event: PlanDecisionEvent,
  at: Instant,
): PlanDecisions => {
  const { waiting, verdict, ...rest } = decisions;
  const said = verdict === undefined ? {} : { verdict };
  switch (event.type) {
    case 'plan-made': {
      const newest: MadePlan = event.data;
      if (newest.approval === 'not-needed') return { newest, inForce: newest, ...said };
      if (isTurnedDown(newest.summary, verdict, at)) return { ...decisions, newest };
      const still = (waiting?.plans ?? []).filter(
        ({ summary }) => Math.abs(at - summary.madeAt) <= WAITS_FOR_MS,
      );
      const since = Math.min(waiting?.since ?? at, at);
      return { ...decisions, newest, waiting: { since, plans: [...still, newest] } };
    }
    case 'plan-approved': {
      const plan = decidable(decisions, event.data.planId);
      if (plan === undefined) return decisions;
      const { planId: _, ...agreed } = event.data;
      const approved = { ...plan, decided: { at, ...agreed, verdict: 'approved' as const } };
      return { ...rest, inForce: approved, verdict: approved };
    }
    case 'plan-rejected': {
      const { planId, by, reason } = event.data;
      const plan = decidable(decisions, planId);
      if (plan === undefined) return decisions;
      const rejected = { ...plan, decided: { at, by, verdict: 'rejected' as const, reason } };
      // A plan that adds much less is another question: it goes on waiting.
      const plans = (waiting?.plans ?? []).filter(
        (other) => other.planId !== planId && !isTurnedDown(other.summary, rejected, at),
      );
      return { ...rest, verdict: rejected, ...(plans.length > 0 && { waiting: { since: at, plans } }) };
    }
    default:
      return event satisfies never;
  }
};

/** Who sets guardrails has said anew what needs a person: verdicts from before say nothing of the plans to come. */
export const withoutVerdict = ({ verdict: _, ...decisions }: PlanDecisions): PlanDecisions => decisions;

type Verdict = Readonly<{ planId: string; by: string }>;

export const approve = (
  decisions: PlanDecisions,
  verdict: Verdict & Pick<PlanApproved['data'], 'without' | 'paidMicroUsdPerHour'>,
): Decision<PlanApproved> =>
  onlyDecidable(decisions, verdict.planId, 'approved') ?? [{ type: 'plan-approved', data: verdict }];

export const reject = (
  decisions: PlanDecisions,
  { planId, by, reason }: Verdict & Readonly<{ reason: string }>,
): Decision<PlanDecisionEvent> =>
  onlyDecidable(decisions, planId, 'rejected') ?? [{ type: 'plan-rejected', data: { planId, by, reason } }];

/** One that waits, or the newest where only a verdict about another keeps it from waiting: people change their minds. */
const decidable = (decisions: PlanDecisions, planId: string): MadePlan | undefined => {
  const { waiting, newest } = decisions;
  const turnedDown = newest?.planId === planId && stateOf(decisions, planId) === 'rejected';
  return waiting?.plans.find((plan) => plan.planId === planId) ?? (turnedDown ? newest : undefined);
};

/** Nothing where the plan may get this verdict; a verdict that it has already is no news. */
const onlyDecidable = (
  decisions: PlanDecisions,
  planId: string,
  wanted: 'approved' | 'rejected',
): Decision<never> | undefined => {
  const { verdict, inForce, waiting } = decisions;
  if (verdict?.planId === planId)
    return verdict.decided.verdict === wanted
      ? []
      : refuse(
          'conflict',
          'plan-decided',
          `Plan ${planId} was ${verdict.decided.verdict} by ${verdict.decided.by} already.`,
        );
  if (inForce?.planId === planId)
    return refuse(
      'conflict',
      'plan-in-force',
      `Plan ${planId} needed no approval and is in force; freeze planning to stop it.`,
    );
  if (decidable(decisions, planId) !== undefined) return undefined;
  const now = waiting?.plans.at(-1)?.planId;
  return refuse(
    'conflict',
    'plan-superseded',
    `Plan ${planId} waits for nobody: ${now === undefined ? 'no plan waits now' : `${now} waits now`}.`,
  );
};

/** How a plan stands now. */
export const stateOf = ({ newest, inForce, waiting, verdict }: PlanDecisions, planId: string): PlanState => {
  if (inForce?.planId === planId) return 'in-force';
  if (waiting?.plans.some((plan) => plan.planId === planId)) return 'waiting';
  if (verdict?.planId === planId && verdict.decided.verdict === 'rejected') return 'rejected';
  return newest?.planId === planId && isTurnedDown(newest.summary, verdict, newest.summary.madeAt)
    ? 'rejected'
    : 'superseded';
};

/** Offers whose changes were left out when the plan was approved: they stay left out for as long as it is in force. */
export const leftOutOf = ({ inForce }: PlanDecisions, planId: string): ReadonlySet<string> =>
  new Set(inForce?.planId === planId ? (inForce.decided?.without ?? []) : []);
