import type { Offer } from '../catalogue/offer.js';
import type { Observation } from '../simulation/policy-port.js';

const HOUR_MS = 3_600_000;
/** Before anything was seen a market is taken to close about once a day, with most of its nodes; that weighs as so many hours of one market. */
const PRIOR = { perHour: 0.03, hours: 40 } as const;

/**
 * How often spot nodes are taken beyond what catalogues say: an outage takes most of a market at once, and no catalogue counts those.
 * Each market counts alike, however many nodes stood in it: what was lost with one large holding says nothing of the others.
 */
export class LearnedLosses {
  #hours: number = PRIOR.hours;
  #lostShares: number = PRIOR.perHour * PRIOR.hours;
  #step = -1;

  learn({ step, stepMs, nodes, offers, losses }: Observation): void {
    if (step === this.#step) return;
    this.#step = step;
    const spot = new Map(
      offers.filter(({ purchase }) => purchase === 'spot').map((offer) => [offer.offerId, offer]),
    );
    const markets = new Map<string, { held: number; taken: number; claimed: number }>();
    const count = (offerId: string, held: number, taken: number): void => {
      const offer = spot.get(offerId);
      if (offer === undefined) return;
      const name = `${offer.vendor}/${offer.region}/${offer.shape.gpuType}`;
      const market = markets.get(name) ?? { held: 0, taken: 0, claimed: 0 };
      markets.set(name, market);
      market.held += held;
      market.taken += taken;
      market.claimed += held * offer.behaviour.preemptionsPerNodeHour;
    };
    for (const { offerId } of nodes) count(offerId, 1, 0);
    for (const { offerId, nodes: lost, because } of losses)
      if (because === 'taken') count(offerId, lost, lost);
    const hours = stepMs / HOUR_MS;
    for (const { held, taken, claimed } of markets.values()) {
      this.#hours += hours;
      this.#lostShares += (taken - claimed * hours) / held;
    }
  }

  /** The offers with rates of preemption as they have turned out. */
  told(offers: readonly Offer[]): readonly Offer[] {
    const beyond = Math.max(0, this.#lostShares / this.#hours);
    return offers.map((offer) =>
      offer.purchase !== 'spot'
        ? offer
        : {
            ...offer,
            behaviour: {
              ...offer.behaviour,
              preemptionsPerNodeHour: offer.behaviour.preemptionsPerNodeHour + beyond,
            },
          },
    );
  }
}
