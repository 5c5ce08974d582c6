import type { TermAdvice } from '@slipway/contracts';
import type { Offer } from '../catalogue/offer.js';
import type { TermPrice } from '../catalogue/term-price.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { termSavings, type TermSaving } from './term-savings.js';
import { termsOn } from './terms-on.js';

const HOUR_MS = 3_600_000;

/**
 * What each term on offer would save on a plan's horizon, for as many nodes as it pays for, what saves most first: what is paid
 * without it, beside what it costs and leaves to be paid. What commitments that are in force cover already, nodes or a share of the
 * bill, is not saved again; terms for nodes that they cover whole are left out. Whether the rest of the term is like the horizon,
 * nobody knows: this only says what to look at.
 */
export const adviseTerms = (
  plan: Pick<Plan, 'periods' | 'offers'>,
  problem: Pick<PlanningProblem, 'offers' | 'commitments'>,
  terms: readonly TermPrice[],
): readonly TermAdvice[] => {
  const counts = new Map(plan.offers.map(({ offerId, nodes }) => [offerId, nodes]));
  const horizonHours = plan.periods.reduce((sum, { lengthMs }) => sum + lengthMs / HOUR_MS, 0);
  const savingsAt = termSavings(plan, problem);
  const places = Map.groupBy(
    problem.offers.filter(({ offerId, purchase }) => counts.has(offerId) && purchase === 'on-demand'),
    ({ vendor, region, instanceType }) => [vendor, region, instanceType].join('/'),
  );
  return [...places.values()]
    .flatMap((zones) => {
      const held = plan.periods.map((_, period) =>
        zones.reduce((sum, { offerId }) => sum + counts.get(offerId)![period]!, 0),
      );
      const place = { zones, horizonHours, saved: savingsAt(zones), most: Math.ceil(Math.max(0, ...held)) };
      return termsOn(zones[0]!, terms).flatMap((term) => adviceOf(place, term));
    })
    .toSorted((one, other) => other.savesMicroUsd - one.savesMicroUsd || other.usedShare - one.usedShare);
};

/** The same nodes in all zones of a region, as far as they are bought on demand; at `most` so many at once. */
type Place = Readonly<{
  zones: readonly Offer[];
  horizonHours: number;
  saved: (nodes: number) => TermSaving;
  most: number;
}>;

const adviceOf = ({ zones, horizonHours, saved, most }: Place, term: TermPrice): readonly TermAdvice[] => {
  const { vendor, region, instanceType, months, basis, priceMicroUsdPerNodeHour } = term;
  const first = saved(1);
  if (most > 0 && first.microUsd <= 0) return [];
  const onDemand = Math.min(...zones.map(({ billing }) => billing.priceMicroUsdPerNodeHour));
  const costMicroUsd = priceMicroUsdPerNodeHour * horizonHours;
  // The second node saves no more than the first: those that pay come first.
  const pays = (node: number): boolean => saved(node).microUsd - saved(node - 1).microUsd > costMicroUsd;
  const nodes = lastThat(pays, most);
  return [
    {
      ...{ vendor, region, instanceType, months, basis, nodes },
      termMicroUsdPerNodeHour: priceMicroUsdPerNodeHour,
      onDemandMicroUsdPerNodeHour: onDemand,
      paysAboveShare: priceMicroUsdPerNodeHour / onDemand,
      usedShare: Math.min(1, first.nodeHours / horizonHours),
      savesMicroUsd: Math.round(saved(nodes).microUsd - nodes * costMicroUsd),
    },
  ];
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
