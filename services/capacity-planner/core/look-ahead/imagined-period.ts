import type { Offer } from '../catalogue/offer.js';
import type { DemandFutures } from '../demand/demand-group.js';
import type { Prepared } from '../model/prepared.js';
import { usualMicroUsdPerContainerHour } from '../prices/wait-prices.js';
import { weightOf, type OfferHistory, type Period } from '../simulation/index.js';

const HOUR_MS = 3_600_000;
/** How far starts are spread about the lead that catalogues claim, and learning keeps. */
const LEAD_SPREAD = 0.25;

/** An offer, and the nodes of it that may be held at most. */
export type RehearsedOffer = Readonly<{ offer: Offer; cap: number }>;

/** One future as the simulator runs it: demand as the path says, markets as they are believed to be now. */
export const imaginedPeriod = (
  { problem, reference }: Prepared,
  offers: readonly RehearsedOffer[],
  { stepMs, paths }: DemandFutures,
  path: number,
): Period => {
  const { at, quotas, groups, fleet, policy } = problem;
  const held = new Map(fleet.holdings.map(({ offerId, nodes }) => [offerId, nodes]));
  const demand = paths[path]!.map((counts, group) =>
    counts.map((count) => Math.max(count, groups[group]!.floorContainers)),
  );
  const usual = groups.map((group) => usualMicroUsdPerContainerHour(group, reference, policy));
  const startsAt = (demand[0] ?? []).map((_, step) => at + step * stepMs);
  return {
    ...{ name: 'imagined', seed: path + 1, startsAt: at, stepMs, steps: startsAt.length },
    ...{ warmUpSteps: 0, pastSteps: 0, demand, turnover: groups.map(() => 0) },
    ...{ offers: offers.map(({ offer }) => offer), quotas, groups },
    histories: offers.map((rehearsed) =>
      imaginedHistory(rehearsed, held.get(rehearsed.offer.offerId) ?? 0, startsAt, stepMs),
    ),
    waitPrices: policy.prices,
    egressPrices: policy.egress,
    usualMicroUsdPerHour: groups.map((group, index) => usual[index]! / weightOf(group)),
    moveMicroUsd: usual.map((perHour) => perHour * policy.stability.moveCostHours),
  };
};

const imaginedHistory = (
  { offer: { billing, behaviour, purchase, window }, cap }: RehearsedOffer,
  held: number,
  startsAt: readonly number[],
  stepMs: number,
): OfferHistory => {
  const lost = purchase === 'spot' ? 1 - Math.exp((-behaviour.preemptionsPerNodeHour * stepMs) / HOUR_MS) : 0;
  // Slow and unhealthy nodes cost more than their list price for what they do.
  const price = Math.round(billing.priceMicroUsdPerNodeHour / (behaviour.performance * behaviour.health));
  const isOpen = (at: number): boolean =>
    window === undefined || (window.startsAt <= at && at < window.endsAt);
  const most = Math.max(held, Math.min(cap, behaviour.availableNodes ?? cap));
  return {
    priceMicroUsdPerNodeHour: startsAt.map(() => price),
    openNodes: startsAt.map((at) => (isOpen(at) ? most : 0)),
    // Nobody loses a node at the very moment of the decision; a dated block ends with its window.
    lostShare: startsAt.map((at, step) => (step === 0 ? 0 : isOpen(at) ? lost : 1)),
    leadMs: behaviour.leadMs,
    leadSpread: LEAD_SPREAD,
    startSuccess: behaviour.startSuccess,
  };
};
