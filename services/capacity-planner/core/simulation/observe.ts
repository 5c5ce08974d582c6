import type { Instant } from '@slipway/kernel';
import type { Offer } from '../catalogue/offer.js';
import { paidUntil } from './accounts/paid-until.js';
import { luckAt } from './chance.js';
import type { SimulatedFleet } from './nodes/fleet.js';
import type { Node } from './nodes/node.js';
import type { Period } from './period.js';
import type { Observation, ObservedNode } from './policy-port.js';

const LUCK_OF_SCORES = 5;
/** As many open nodes as these make the best score. */
const NODES_OF_BEST_SCORE = 10;

/** The offers with the prices of a step. */
export const pricedOffers = (
  { offers, histories, startsAt, stepMs }: Period,
  step: number,
): readonly Offer[] =>
  offers.map((offer, index) => {
    const price = histories[index]!.priceMicroUsdPerNodeHour[step]!;
    return price === offer.billing.priceMicroUsdPerNodeHour
      ? offer
      : {
          ...offer,
          billing: { ...offer.billing, priceMicroUsdPerNodeHour: price },
          pricedAt: startsAt + step * stepMs,
        };
  });

/** The vendors' public hint of how deep a spot market is: a step of ten, off by one now and then. */
const spotScore = (period: Period, fleet: SimulatedFleet, offer: number, step: number): number => {
  if (period.offers[offer]!.purchase !== 'spot') return 10;
  const open = Math.max(0, period.histories[offer]!.openNodes[step]! - fleet.held(offer));
  const noise = Math.floor(luckAt(period.seed, LUCK_OF_SCORES, offer, step) * 3) - 1;
  return Math.min(
    10,
    Math.max(1, 1 + Math.round((9 * Math.min(open, NODES_OF_BEST_SCORE)) / NODES_OF_BEST_SCORE) + noise),
  );
};

const observedNode = (period: Period, node: Node, at: Instant): ObservedNode => {
  const { offerId, billing } = period.offers[node.offer]!;
  const groupId = (group: number) => period.groups[group]!.groupId;
  return {
    nodeId: node.nodeId,
    offerId,
    state: node.draining ? 'draining' : node.readyAt > at ? 'starting' : 'ready',
    startedAt: node.startedAt,
    paidUntil: paidUntil(billing, node.startedAt, at),
    sticky: [...node.containers].map(([group, containers]) => ({ groupId: groupId(group), containers })),
    ...(node.keptFor && {
      keptFor: { groupId: groupId(node.keptFor.group), containers: node.keptFor.containers },
    }),
  };
};

/** What a policy may see: no caps, no luck to come, no vendor's mind. */
export const observe = (
  period: Period,
  fleet: SimulatedFleet,
  now: Pick<Observation, 'step' | 'round' | 'offers' | 'wanted' | 'refusals' | 'losses'>,
): Observation => {
  const at = period.startsAt + now.step * period.stepMs;
  return {
    ...now,
    at,
    stepMs: period.stepMs,
    quotas: period.quotas,
    groups: period.groups,
    past: (group) => period.demand[group]!.slice(0, period.pastSteps + now.step + 1),
    nodes: fleet.nodes
      .filter(({ endedAt }) => endedAt === undefined)
      .map((node) => observedNode(period, node, at)),
    spotScores: period.offers.map((_, offer) => spotScore(period, fleet, offer, now.step)),
    waitPrices: period.waitPrices,
    egressPrices: period.egressPrices,
  };
};
