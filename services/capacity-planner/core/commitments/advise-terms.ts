import type { TermAdvice } from '@slipway/contracts';
import type { Offer } from '../catalogue/offer.js';
import type { TermPrice } from '../catalogue/term-price.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { termsOn } from './terms-on.js';

const HOUR_MS = 3_600_000;

/**
 * What each term on offer would save on a plan's horizon, for as many nodes as it pays for, what saves most first: hours in which so
 * many nodes are held, at the on-demand price, beside all hours at the price of the term. Nodes that a commitment may cover already
 * are left out. Whether the rest of the term is like the horizon, nobody knows: this only says what to look at.
 */
export const adviseTerms = (
  plan: Pick<Plan, 'periods' | 'offers'>,
  { offers, commitments }: Pick<PlanningProblem, 'offers' | 'commitments'>,
  terms: readonly TermPrice[],
): readonly TermAdvice[] => {
  const covered = new Set(commitments.flatMap((one) => (one.kind === 'nodes' ? one.offerIds : [])));
  const held = new Map(plan.offers.map(({ offerId, nodes }) => [offerId, nodes]));
  const bought = offers.filter(({ offerId }) => held.has(offerId) && !covered.has(offerId));
  const places = Map.groupBy(bought, ({ vendor, region, instanceType }) =>
    [vendor, region, instanceType].join('/'),
  );
  return [...places.values()]
    .flatMap((zones) =>
      termsOn(zones.find(({ purchase }) => purchase === 'on-demand') ?? zones[0]!, terms).map((term) =>
        adviceOf(plan, zones, held, term),
      ),
    )
    .toSorted((one, other) => other.savesMicroUsd - one.savesMicroUsd || other.usedShare - one.usedShare);
};

/** `zones`: the same nodes in all zones of a region, and however they are bought: a term replaces those that are bought on demand. */
const adviceOf = (
  { periods }: Pick<Plan, 'periods'>,
  zones: readonly Offer[],
  held: ReadonlyMap<string, readonly number[]>,
  term: TermPrice,
): TermAdvice => {
  const onDemand = zones.filter(({ purchase }) => purchase === 'on-demand');
  const hours = periods.map(({ lengthMs }) => lengthMs / HOUR_MS);
  const horizon = hours.reduce((sum, length) => sum + length, 0);
  const price = Math.min(...onDemand.map(({ billing }) => billing.priceMicroUsdPerNodeHour));
  const nodes = hours.map((_, period) =>
    onDemand.reduce((sum, { offerId }) => sum + held.get(offerId)![period]!, 0),
  );
  const usedHours = (node: number): number =>
    hours.reduce((sum, length, period) => sum + length * Math.min(1, Math.max(0, nodes[period]! - node)), 0);
  const most = Math.ceil(Math.max(0, ...nodes));
  const paysAbove = term.priceMicroUsdPerNodeHour / price;
  // The second node is used no longer than the first: those that pay come first.
  const paying = Array.from({ length: most }, (_, node) => usedHours(node)).filter(
    (used) => used > paysAbove * horizon,
  );
  const used = paying.reduce((sum, length) => sum + length, 0);
  const { vendor, region, instanceType, months, basis } = term;
  return {
    ...{ vendor, region, instanceType, months, basis },
    termMicroUsdPerNodeHour: term.priceMicroUsdPerNodeHour,
    onDemandMicroUsdPerNodeHour: price,
    nodes: paying.length,
    paysAboveShare: paysAbove,
    usedShare: most === 0 ? 0 : usedHours(0) / horizon,
    savesMicroUsd: Math.round(used * price - paying.length * horizon * term.priceMicroUsdPerNodeHour),
  };
};
