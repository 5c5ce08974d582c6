import type { Instant } from '@slipway/kernel';
import type { Offer } from '../catalogue/offer.js';
import { afterRefusal, isBelieved, type RefusedDepth } from '../lessons/refused-depth.js';
import type { Observation } from '../simulation/policy-port.js';

/** How many nodes of each offer could be had, as refusals taught it. */
export class LearnedDepth {
  readonly #refused = new Map<string, RefusedDepth>();

  learn({ refusals, nodes, at }: Observation): void {
    if (refusals.length === 0) return;
    const held = new Map<string, number>();
    for (const { offerId } of nodes) held.set(offerId, (held.get(offerId) ?? 0) + 1);
    for (const { offerId } of refusals)
      this.#refused.set(offerId, afterRefusal(this.#refused.get(offerId), held.get(offerId) ?? 0, at));
  }

  /**
   * The offers with what is known of their depth; `asked-again` doubts every refusal that was not heard at this moment, `kept-to` none.
   */
  told(
    offers: readonly Offer[],
    at: Instant,
    mode: 'believed' | 'asked-again' | 'kept-to' = 'believed',
  ): readonly Offer[] {
    const keepsTo = (refused: RefusedDepth): boolean =>
      mode === 'asked-again' ? refused.at === at : mode === 'kept-to' || isBelieved(refused, at);
    return offers.map((offer) => {
      const refused = this.#refused.get(offer.offerId);
      if (refused === undefined || !keepsTo(refused)) return offer;
      return { ...offer, behaviour: { ...offer.behaviour, availableNodes: refused.nodes } };
    });
  }
}
