import type { Offer } from '../catalogue/offer.js';
import {
  afterSpell,
  marketOf,
  NO_OUTAGES_SEEN,
  outagesPerHour,
  withOutages,
  type Outages,
} from '../lessons/outages.js';
import type { Observation } from '../simulation/policy-port.js';

const HOUR_MS = 3_600_000;

/** How often spot nodes are taken beyond what catalogues say, as a run of the simulator has shown. */
export class LearnedLosses {
  #outages: Outages = NO_OUTAGES_SEEN;
  #step = -1;

  learn({ step, stepMs, nodes, offers, losses }: Observation): void {
    if (step === this.#step) return;
    this.#step = step;
    const hours = stepMs / HOUR_MS;
    const spot = new Map(
      offers.filter(({ purchase }) => purchase === 'spot').map((offer) => [offer.offerId, offer]),
    );
    const markets = new Map<string, { held: number; taken: number; expected: number }>();
    const count = (offerId: string, held: number, taken: number): void => {
      const offer = spot.get(offerId);
      if (offer === undefined) return;
      const name = marketOf(offer);
      const market = markets.get(name) ?? { held: 0, taken: 0, expected: 0 };
      markets.set(name, market);
      market.held += held;
      market.taken += taken;
      market.expected += held * offer.behaviour.preemptionsPerNodeHour * hours;
    };
    for (const { offerId } of nodes) count(offerId, 1, 0);
    for (const { offerId, nodes: lost, because } of losses)
      if (because === 'taken') count(offerId, lost, lost);
    for (const market of markets.values()) this.#outages = afterSpell(this.#outages, { hours, ...market });
  }

  /** The offers with rates of preemption as they have turned out. */
  told(offers: readonly Offer[]): readonly Offer[] {
    const perHour = outagesPerHour(this.#outages);
    return offers.map((offer) => withOutages(offer, perHour));
  }
}
