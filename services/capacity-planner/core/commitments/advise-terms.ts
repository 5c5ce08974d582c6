import type { TermAdvice } from '@slipway/contracts';
import type { Commitment, Offer } from '../catalogue/offer.js';
import type { TermPrice } from '../catalogue/term-price.js';
import { isThroughout } from '../model/commitment-over.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { inUseOrder } from './commitments-of.js';
import { openBillPerHour } from './open-bill.js';
import { termsOn } from './terms-on.js';

const HOUR_MS = 3_600_000;

type Planned = Readonly<{
  plan: Pick<Plan, 'periods' | 'offers'>;
  offers: readonly Offer[];
  commitments: readonly Commitment[];
}>;

/**
 * What each term on offer would save on a plan's horizon, for as many nodes as it pays for, what saves most first: what is paid
 * without it, beside what it costs and leaves to be paid. What commitments that are in force cover already, nodes or a share of the
 * bill, is not saved again; terms for nodes that they cover whole are left out. Whether the rest of the term is like the horizon,
 * nobody knows: this only says what to look at.
 */
export const adviseTerms = (
  plan: Planned['plan'],
  { offers, commitments }: Pick<PlanningProblem, 'offers' | 'commitments'>,
  terms: readonly TermPrice[],
): readonly TermAdvice[] => {
  const held = new Set(plan.offers.map(({ offerId }) => offerId));
  const places = Map.groupBy(
    offers.filter(({ offerId, purchase }) => held.has(offerId) && purchase === 'on-demand'),
    ({ vendor, region, instanceType }) => [vendor, region, instanceType].join('/'),
  );
  return [...places.values()]
    .flatMap((zones) =>
      termsOn(zones[0]!, terms).flatMap((term) => adviceOf({ plan, offers, commitments }, zones, term)),
    )
    .toSorted((one, other) => other.savesMicroUsd - one.savesMicroUsd || other.usedShare - one.usedShare);
};

/** `zones`: the same nodes in all zones of a region, as far as they are bought on demand. */
const adviceOf = (planned: Planned, zones: readonly Offer[], term: TermPrice): readonly TermAdvice[] => {
  const { plan } = planned;
  const { vendor, region, instanceType, months, basis, priceMicroUsdPerNodeHour } = term;
  const horizonHours = plan.periods.reduce((sum, { lengthMs }) => sum + lengthMs / HOUR_MS, 0);
  const onDemand = Math.min(...zones.map(({ billing }) => billing.priceMicroUsdPerNodeHour));
  const saved = savingOf(planned, zones);
  const most = Math.ceil(mostHeld(plan, zones));
  if (most > 0 && saved(1) <= 0) return [];
  // The second node saves no more than the first: those that pay come first.
  const pays = (node: number): boolean =>
    saved(node) - saved(node - 1) > priceMicroUsdPerNodeHour * horizonHours;
  const nodes = lastThat(pays, most);
  return [
    {
      ...{ vendor, region, instanceType, months, basis, nodes },
      termMicroUsdPerNodeHour: priceMicroUsdPerNodeHour,
      onDemandMicroUsdPerNodeHour: onDemand,
      paysAboveShare: priceMicroUsdPerNodeHour / onDemand,
      usedShare: Math.min(1, saved(1) / (onDemand * horizonHours)),
      savesMicroUsd: Math.round(saved(nodes) - nodes * priceMicroUsdPerNodeHour * horizonHours),
    },
  ];
};

/** What so many nodes of a term would take off the bill of the horizon. */
const savingOf = (
  { plan, offers, commitments }: Planned,
  zones: readonly Offer[],
): ((nodes: number) => number) => {
  const { vendor } = zones[0]!;
  const counts = new Map(plan.offers.map(({ offerId, nodes }) => [offerId, nodes]));
  const ofVendor = offers.filter((offer) => offer.vendor === vendor && counts.has(offer.offerId));
  const offerIds = zones.map(({ offerId }) => offerId).toSorted();
  const periods = plan.periods.map((period, index) => ({
    hours: period.lengthMs / HOUR_MS,
    held: ofVendor.map((offer) => ({ offer, nodes: counts.get(offer.offerId)![index]! })),
    inForce: commitments.filter((commitment) => isThroughout(commitment, period)),
  }));
  const termOf = (nodes: number): Commitment => ({
    ...{ commitmentId: '', kind: 'nodes', offerIds, nodes, priceMicroUsdPerHour: 0 },
    ...{ startsAt: 0, endsAt: Infinity },
  });
  const billWith = (nodes: number): number =>
    periods.reduce(
      (sum, { hours, held, inForce }) =>
        sum + hours * openBillPerHour(inUseOrder([...inForce, termOf(nodes)]), held),
      0,
    );
  const bare = billWith(0);
  return (nodes) => bare - billWith(nodes);
};

const mostHeld = ({ offers, periods }: Planned['plan'], zones: readonly Offer[]): number => {
  const ids = new Set(zones.map(({ offerId }) => offerId));
  const named = offers.filter(({ offerId }) => ids.has(offerId));
  return periods.reduce(
    (most, _, period) =>
      Math.max(
        most,
        named.reduce((sum, { nodes }) => sum + nodes[period]!, 0),
      ),
    0,
  );
};

/** The last number from 1 on of which something holds, where it holds of all before it; 0 for none. */
const lastThat = (holds: (number: number) => boolean, most: number): number => {
  let [last, beyond] = [0, most + 1];
  while (beyond - last > 1) {
    const middle = Math.floor((last + beyond) / 2);
    if (holds(middle)) last = middle;
    else beyond = middle;
  }
  return last;
};
