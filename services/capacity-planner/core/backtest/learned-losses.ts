import type { Offer } from '../catalogue/offer.js';
import type { Observation } from '../simulation/policy-port.js';

const HOUR_MS = 3_600_000;
/** What catalogues say of preemptions weighs as much as so many that they would expect. */
const PRIOR_LOSSES = 4;

/** How much more often than catalogues say spot nodes are taken: outages take many at once, and no catalogue counts those. */
export class LearnedLosses {
  #expected = 0;
  #taken = 0;
  #step = -1;

  learn({ step, stepMs, nodes, offers, losses }: Observation): void {
    if (step === this.#step) return;
    this.#step = step;
    const rates = new Map(
      offers.map(({ offerId, behaviour }) => [offerId, behaviour.preemptionsPerNodeHour]),
    );
    for (const { offerId } of nodes) this.#expected += ((rates.get(offerId) ?? 0) * stepMs) / HOUR_MS;
    for (const { nodes: lost, because } of losses) if (because === 'taken') this.#taken += lost;
  }

  /** The offers with rates of preemption as they have turned out. */
  told(offers: readonly Offer[]): readonly Offer[] {
    const times = (PRIOR_LOSSES + this.#taken) / (PRIOR_LOSSES + this.#expected);
    return offers.map((offer) =>
      offer.behaviour.preemptionsPerNodeHour === 0
        ? offer
        : {
            ...offer,
            behaviour: {
              ...offer.behaviour,
              preemptionsPerNodeHour: offer.behaviour.preemptionsPerNodeHour * times,
            },
          },
    );
  }
}
