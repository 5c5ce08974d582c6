import type { OfferFilter } from '@slipway/contracts';
import type { Offer } from '../catalogue/offer.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';

const SLACK = 0.0011;

/** Nodes of pinned offers are counted again: what is beyond a pin stands among the broken rules, and nothing else does. */
export const checkPins = (problem: PlanningProblem, plan: Plan): string[] => {
  const offers = new Map(problem.offers.map((offer) => [offer.offerId, offer]));
  const told = (period: number): number =>
    plan.slacks
      .filter(({ name, periodIndex }) => name === 'pin' && periodIndex === period)
      .reduce((sum, { amount }) => sum + amount, 0);
  return plan.periods.flatMap(({ startsAt }, period) => {
    let beyond = 0;
    let pins = 0;
    for (const { filter, least, most, until } of problem.policy.pins ?? []) {
      if (until !== undefined && startsAt >= until) continue;
      const nodes = plan.offers
        .filter(({ offerId }) => isNamed(offers.get(offerId)!, filter))
        .reduce((sum, offer) => sum + offer.nodes[period]!, 0);
      beyond += Math.max(0, (least ?? 0) - nodes) + Math.max(0, nodes - (most ?? Infinity));
      pins += 1;
    }
    return Math.abs(beyond - told(period)) > SLACK * pins
      ? [`period ${period}: ${beyond} nodes are beyond pins, ${told(period)} are said to be`]
      : [];
  });
};

const isNamed = ({ offerId, vendor, region, shape, purchase }: Offer, filter: OfferFilter): boolean =>
  Object.entries({ offerId, vendor, region, gpuType: shape.gpuType, purchase }).every(
    ([name, value]) => (filter[name as keyof OfferFilter] ?? value) === value,
  );
