import type { OfferFilter } from '@slipway/contracts';
import type { Offer } from '../catalogue/offer.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';

/** A bound of what can be had of an offer that has no end of its own. */
const ENDLESS = 10_000;
const HALF = 0.5;

export const isNamed = ({ offerId, vendor, region, shape, purchase }: Offer, filter: OfferFilter): boolean =>
  Object.entries({ offerId, vendor, region, gpuType: shape.gpuType, purchase }).every(
    ([name, value]) => (filter[name as keyof OfferFilter] ?? value) === value,
  );

/** The fewest nodes of an offer that a plan can have in a period, and the most, quotas and the spend cap apart. */
export const nodeBounds = (
  { at, fleet, policy }: PlanningProblem,
  offer: Offer,
  { startsAt, lengthMs }: Plan['periods'][number],
  period: number,
): Readonly<{ fewest: number; most: number }> => {
  const { window, vendor, behaviour, offerId } = offer;
  if (window !== undefined && (startsAt < window.startsAt || startsAt + lengthMs > window.endsAt))
    return { fewest: 0, most: 0 };
  const holding = fleet.holdings.find((one) => one.offerId === offerId);
  const held = holding?.nodes ?? 0;
  const { vendorsSeenAt } = fleet;
  if (vendorsSeenAt !== undefined && at - (vendorsSeenAt[vendor] ?? 0) > policy.guardrails.maxFleetAgeMs)
    return { fewest: held, most: held };
  const counts = startsAt + (period === 0 ? HALF : 1) * lengthMs;
  const paid = (holding?.paidUntil ?? [])
    .filter((one) => one.at >= counts)
    .reduce((sum, { nodes }) => sum + nodes, 0);
  const isExcluded = (policy.excluded ?? []).some((filter) => isNamed(offer, filter));
  const depth = isExcluded ? 0 : (behaviour.availableNodes ?? ENDLESS);
  return { fewest: Math.min(held, paid), most: Math.max(held, depth) };
};

/** Does a rule over many offers bound these too? */
export const isBoundTogether = ({ quotas, policy }: PlanningProblem, named: readonly Offer[]): boolean =>
  policy.guardrails.maxSpendMicroUsdPerHour !== undefined ||
  quotas.some(({ scope }) => named.some(({ vendor }) => vendor === scope.vendor));
