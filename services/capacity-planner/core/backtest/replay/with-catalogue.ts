import type { Offer } from '../../catalogue/offer.js';
import type { Period } from '../../simulation/period.js';
import { LEAD_SPREAD } from './history-of-offer.js';

const HOUR_MS = 3_600_000;

/**
 * The same period with another catalogue. An offer that was there keeps what was recorded of it, at the new list price where that
 * differs; one that is new behaves as its catalogue claims, and has the nodes that it names, else `untriedNodes`.
 */
export const withCatalogue = (period: Period, offers: readonly Offer[], untriedNodes: number): Period => {
  const known = new Map(
    period.offers.map((offer, index) => [offer.offerId, { offer, history: period.histories[index]! }]),
  );
  const steps = Array.from({ length: period.steps }, (_, step) => step);
  return {
    ...period,
    name: `${period.name}-other-catalogue`,
    offers,
    histories: offers.map(({ offerId, billing, behaviour }) => {
      const recorded = known.get(offerId);
      const price = billing.priceMicroUsdPerNodeHour;
      if (recorded !== undefined)
        return price === recorded.offer.billing.priceMicroUsdPerNodeHour
          ? recorded.history
          : { ...recorded.history, priceMicroUsdPerNodeHour: steps.map(() => price) };
      return {
        priceMicroUsdPerNodeHour: steps.map(() => price),
        openNodes: steps.map(() => behaviour.availableNodes ?? untriedNodes),
        lostShare: steps.map(() => (behaviour.preemptionsPerNodeHour * period.stepMs) / HOUR_MS),
        leadMs: behaviour.leadMs,
        leadSpread: LEAD_SPREAD,
        startSuccess: behaviour.startSuccess,
      };
    }),
  };
};
