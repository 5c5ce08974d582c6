import type { OfferPin } from '@slipway/contracts';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { isBoundTogether, isNamed, nodeBounds } from './pin-bounds.js';

const SLACK = 0.0011;
/** What a node beyond a pin costs, in hours of the dearest one that it names. */
const SLACK_HOURS = 1_000;
const HOUR_MS = 3_600_000;

type Beyond = Readonly<{ nodes: number; costMicroUsd: number; perNode: number; isExact: boolean }>;

/**
 * Nodes of pinned offers are counted again: what is beyond a pin stands among the broken rules, and nothing else does; it costs what
 * a plan could have done about it. Where quotas or the spend cap bound what can be had, it may cost less.
 */
export const checkPins = (problem: PlanningProblem, plan: Plan): string[] =>
  plan.periods.flatMap(({ startsAt }, period) => {
    const told = plan.slacks.filter(({ name, periodIndex }) => name === 'pin' && periodIndex === period);
    const toldNodes = told.reduce((sum, { amount }) => sum + amount, 0);
    const toldCost = told.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0);
    const all = (problem.policy.pins ?? [])
      .filter(({ until }) => until === undefined || startsAt < until)
      .map((pin) => beyondOf(problem, plan, pin, period));
    const nodes = all.reduce((sum, one) => sum + one.nodes, 0);
    const cost = all.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0);
    const noise = told.length + SLACK * all.reduce((sum, { perNode }) => sum + perNode, 0);
    const wrong: string[] = [];
    if (Math.abs(nodes - toldNodes) > SLACK * all.length)
      wrong.push(`period ${period}: ${nodes} nodes are beyond pins, ${toldNodes} are said to be`);
    if (toldCost > cost + noise || (all.every(({ isExact }) => isExact) && toldCost < cost - noise))
      wrong.push(`period ${period}: what is beyond pins costs ${cost}, and is said to cost ${toldCost}`);
    return wrong;
  });

const beyondOf = (
  problem: PlanningProblem,
  plan: Plan,
  { filter, least = 0, most = Infinity }: OfferPin,
  period: number,
): Beyond => {
  const named = problem.offers.filter((offer) => isNamed(offer, filter));
  const ids = new Set<string>(named.map(({ offerId }) => offerId));
  const nodes = plan.offers
    .filter(({ offerId }) => ids.has(offerId))
    .reduce((sum, offer) => sum + offer.nodes[period]!, 0);
  const { lengthMs } = plan.periods[period]!;
  const bounds = named.map((offer) => nodeBounds(problem, offer, plan.periods[period]!, period));
  const reachable = Math.min(
    least,
    bounds.reduce((sum, bound) => sum + bound.most, 0),
  );
  const avoidable = Math.max(
    most,
    bounds.reduce((sum, { fewest }) => sum + fewest, 0),
  );
  const dearest = Math.max(0, ...named.map(({ billing }) => billing.priceMicroUsdPerNodeHour));
  const perNode = dearest * SLACK_HOURS * (lengthMs / HOUR_MS);
  return {
    nodes: Math.max(0, least - nodes) + Math.max(0, nodes - most),
    costMicroUsd: perNode * (Math.max(0, reachable - nodes) + Math.max(0, nodes - avoidable)),
    perNode,
    isExact: !isBoundTogether(problem, named),
  };
};
