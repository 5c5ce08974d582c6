import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import { evaluate, type ScoredPlan } from '../plan/evaluate.js';
import type { SlackName } from '../plan/plan.js';
import { firstNodes, type FirstNodes } from './first-steps.js';
import type { Rehearsal } from './rehearsal.js';

/** A draft whose first step does not save over so many futures is looked at no longer. */
const FIRST_LOOK = 8;
/** So many standard errors of its mean a saving must be away from none: less is taken for chance. */
const SURE_BY = 1.5;

/** A draft whose first period is done now, and what each of the futures costs then. */
export type Rehearsed = Readonly<{
  draft: Draft;
  nodes: FirstNodes;
  costs: readonly number[];
  /** Rules that the first period breaks, if it went on so for as long as a future: no future shows them. */
  rulesMicroUsd: number;
  plan: ScoredPlan;
}>;

export const meanCost = ({ costs }: Rehearsed): number =>
  costs.reduce((sum, cost) => sum + cost, 0) / costs.length;

export const wholeCost = (rehearsed: Rehearsed): number => meanCost(rehearsed) + rehearsed.rulesMicroUsd;

export const rehearse = async (
  prepared: Prepared,
  rehearsal: Rehearsal,
  draft: Draft,
): Promise<Rehearsed> => {
  const begun = begin(prepared, rehearsal, draft);
  const costs: number[] = [];
  for (let future = 0; future < rehearsal.futures; future += 1)
    costs.push(await rehearsal.cost(begun.plan, future));
  return { ...begun, costs };
};

/**
 * The draft rehearsed, if it costs less than another one: compared future by future, which are the same for both. Of few drafts the
 * better one may win by little; of many that are tried some look better by chance, and must be `sure`. A draft that plans nothing
 * for somebody whom the other one serves is none better.
 */
export const rehearseAgainst = async (
  prepared: Prepared,
  rehearsal: Rehearsal,
  other: Rehearsed,
  draft: Draft,
  by: 'any' | 'sure',
): Promise<Rehearsed | undefined> => {
  const begun = begin(prepared, rehearsal, draft);
  if (isShorter(begun.plan, other.plan)) return undefined;
  const costs: number[] = [];
  let [saved, squares] = [0, 0];
  for (let future = 0; future < rehearsal.futures; future += 1) {
    const cost = await rehearsal.cost(begun.plan, future);
    const less = other.costs[future]! + other.rulesMicroUsd - cost - begun.rulesMicroUsd;
    costs.push(cost);
    saved += less;
    squares += less * less;
    if (future === FIRST_LOOK - 1 && saved <= 0) return undefined;
  }
  const mean = saved / costs.length;
  const error = Math.sqrt(Math.max(0, squares / costs.length - mean * mean) / costs.length);
  return mean > (by === 'sure' ? SURE_BY * error : 0) ? { ...begun, costs } : undefined;
};

const begin = (prepared: Prepared, rehearsal: Rehearsal, draft: Draft): Omit<Rehearsed, 'costs'> => {
  rehearsal.tried();
  const plan = evaluate(prepared, draft);
  const times = rehearsal.lengthMs / prepared.periods[0]!.lengthMs;
  const rulesMicroUsd = brokenNow(plan, times);
  return { draft, nodes: firstNodes(draft), plan, rulesMicroUsd };
};

const isShorter = (plan: ScoredPlan, other: ScoredPlan): boolean =>
  plan.service.some(({ short }, group) => short[0]! > other.service[group]!.short[0]!);

/** Waits are in the futures themselves. */
const IN_FUTURES: ReadonlySet<SlackName> = new Set(['shortage', 'floor', 'buffer']);

const brokenNow = ({ slacks }: ScoredPlan, times: number): number =>
  slacks
    .filter(({ periodIndex, name }) => periodIndex === 0 && !IN_FUTURES.has(name))
    .reduce(
      (sum, { name, costMicroUsd }) => sum + costMicroUsd * (name.endsWith('-per-cycle') ? 1 : times),
      0,
    );
