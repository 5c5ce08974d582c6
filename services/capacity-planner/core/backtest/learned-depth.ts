import type { Instant } from '@slipway/kernel';
import type { Offer } from '../catalogue/offer.js';
import type { Observation } from '../simulation/policy-port.js';

/** A refusal says less with time: after so long the offer is asked for one node more, then for twice as many each time. */
const DOUBTS_AFTER_MS = 3_600_000;

type Learnt = { nodes: number; at: Instant };

/** How many nodes of each offer could be had, as refusals taught it. */
export class LearnedDepth {
  readonly #learnt = new Map<string, Learnt>();

  learn({ refusals, nodes, at }: Observation): void {
    if (refusals.length === 0) return;
    const held = new Map<string, number>();
    for (const { offerId } of nodes) held.set(offerId, (held.get(offerId) ?? 0) + 1);
    for (const { offerId } of refusals) this.#learnt.set(offerId, { nodes: held.get(offerId) ?? 0, at });
  }

  /** The offers with what is known of their depth; `asked-again` doubts every refusal that was not heard at this moment. */
  told(
    offers: readonly Offer[],
    at: Instant,
    refused: 'believed' | 'asked-again' = 'believed',
  ): readonly Offer[] {
    return offers.map((offer) => {
      const learnt = this.#learnt.get(offer.offerId);
      if (learnt === undefined) return offer;
      const fewest = refused === 'asked-again' && learnt.at < at ? 1 : 0;
      const doubts = Math.max(fewest, Math.floor((at - learnt.at) / DOUBTS_AFTER_MS));
      const availableNodes = learnt.nodes + (doubts === 0 ? 0 : 2 ** Math.min(doubts - 1, 6));
      return { ...offer, behaviour: { ...offer.behaviour, availableNodes } };
    });
  }
}
