import type { Offer } from '../catalogue/offer.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { coveredIn, type CoveredOf } from './covered.js';

const THOUSANDTH = 0.001 + 1e-9;

/** Counts are whole where they must be, follow one another, and stay within caps, quotas and the spend cap. */
export const checkCounts = (problem: PlanningProblem, plan: Plan): string[] => {
  const wrong: string[] = [];
  const offers = new Map(problem.offers.map((offer) => [offer.offerId, offer]));
  const held = new Map(problem.fleet.holdings.map((holding) => [holding.offerId, holding]));
  for (const { offerId, nodesNow, nodes, starts, stops } of plan.offers) {
    const offer = offers.get(offerId)!;
    const depth = isExcluded(problem, offer) ? 0 : (offer.behaviour.availableNodes ?? Infinity);
    const cap = Math.max(depth, held.get(offerId)?.nodes ?? 0);
    if (nodesNow !== (held.get(offerId)?.nodes ?? 0))
      wrong.push(`${offerId}: ${nodesNow} is not what is held`);
    const { vendorsSeenAt } = problem.fleet;
    const silentMs = vendorsSeenAt === undefined ? 0 : problem.at - (vendorsSeenAt[offer.vendor] ?? 0);
    const isSilent = silentMs > problem.policy.guardrails.maxFleetAgeMs && offer.window === undefined;
    nodes.forEach((count, period) => {
      const before = period === 0 ? nodesNow : nodes[period - 1]!;
      if (period === 0 && !Number.isInteger(count))
        wrong.push(`${offerId}: ${count} nodes are no whole number`);
      if (isSilent && Math.abs(count - nodesNow) > THOUSANDTH)
        wrong.push(
          `${offerId}: ${count} nodes in period ${period}, where ${offer.vendor} is away and ${nodesNow} stay`,
        );
      if (count < 0 || count > cap + THOUSANDTH)
        wrong.push(`${offerId}: ${count} nodes in period ${period}, where ${cap} can be had`);
      if (Math.abs(before + starts[period]! - stops[period]! - count) > 1e-6)
        wrong.push(`${offerId}: ${before} + ${starts[period]} - ${stops[period]} is not ${count}`);
    });
  }
  return [...wrong, ...checkQuotas(problem, plan, offers), ...checkSpend(problem, plan, offers)];
};

const isExcluded = (
  { policy }: PlanningProblem,
  { offerId, vendor, region, shape, purchase }: Offer,
): boolean =>
  (policy.excluded ?? []).some((filter) =>
    Object.entries({ offerId, vendor, region, gpuType: shape.gpuType, purchase }).every(
      ([name, value]) => (filter[name as keyof typeof filter] ?? value) === value,
    ),
  );

const checkQuotas = (problem: PlanningProblem, plan: Plan, offers: ReadonlyMap<string, Offer>): string[] =>
  problem.quotas.flatMap(({ quotaId, scope, limit }) => {
    const within = plan.offers.filter(({ offerId }) => {
      const offer = offers.get(offerId)!;
      return (
        offer.vendor === scope.vendor &&
        (scope.region ?? offer.region) === offer.region &&
        (scope.gpuType ?? offer.shape.gpuType) === offer.shape.gpuType &&
        (scope.purchase ?? offer.purchase) === offer.purchase
      );
    });
    const gpus = (offerId: string): number => offers.get(offerId)!.shape.gpuCount;
    const now = within.reduce((sum, { offerId, nodesNow }) => sum + gpus(offerId) * nodesNow, 0);
    return plan.periods.flatMap((_, period) => {
      const used = within.reduce((sum, { offerId, nodes }) => sum + gpus(offerId) * nodes[period]!, 0);
      const slack = period === 0 ? 1e-9 : THOUSANDTH * 8 * within.length;
      return used > Math.max(limit, now) + slack
        ? [`quota ${quotaId}: ${used} GPUs in period ${period}, ${limit} are allowed`]
        : [];
    });
  });

/**
 * What commitments cover is no spending: above the cap only that is started which adds nothing to the bill before anything goes, also
 * once those have ended that end within the horizon.
 */
const checkSpend = (problem: PlanningProblem, plan: Plan, offers: ReadonlyMap<string, Offer>): string[] => {
  const cap = problem.policy.guardrails.maxSpendMicroUsdPerHour;
  if (cap === undefined || !plan.offers.some(({ starts }) => starts[0]! > 0)) return [];
  const billOf = billBy(plan, offers);
  const after = billOf(problem, 'plan');
  if (after <= cap + 1) return [];
  const { startsAt, lengthMs } = plan.periods.at(-1)!;
  const lasting = {
    ...problem,
    commitments: problem.commitments.filter(({ endsAt }) => endsAt >= startsAt + lengthMs),
  };
  const allowed = `${cap} are allowed`;
  const now = billOf(problem, 'held');
  if (billOf(problem, 'started') > now + 1)
    return [`${after} micro-USD per hour are spent after starts; ${allowed}, and ${now} were spent before`];
  const later = billOf(lasting, 'started');
  return later > billOf(lasting, 'held') + 1
    ? [`${later} micro-USD per hour are spent after starts once commitments have ended; ${allowed}`]
    : [];
};

const billBy =
  (plan: Plan, offers: ReadonlyMap<string, Offer>) =>
  (problem: PlanningProblem, of: CoveredOf): number => {
    const listed = plan.offers.reduce(
      (sum, { offerId, nodesNow, nodes, starts }) =>
        sum +
        offers.get(offerId)!.billing.priceMicroUsdPerNodeHour *
          { plan: nodes[0]!, held: nodesNow, started: nodesNow + starts[0]! }[of],
      0,
    );
    return listed - Number(coveredIn(problem, plan, 0, 1n, of)) / 1000;
  };
