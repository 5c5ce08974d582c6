import type { Instant } from '@slipway/kernel';
import type { Offer } from '../catalogue/offer.js';
import type { Observation } from '../simulation/policy-port.js';

/** So long a refusal is believed at first, and twice as long each time that it is heard again: what is bought beside a node that is refused may be of no use without it. */
const BELIEVED_MS = 1_800_000;
const LONGEST_BELIEVED_MS = 4 * BELIEVED_MS;

type Learnt = { nodes: number; at: Instant; believedMs: number };

/** How many nodes of each offer could be had, as refusals taught it. A market that was closed opens at once and whole, not node by node. */
export class LearnedDepth {
  readonly #learnt = new Map<string, Learnt>();

  learn({ refusals, nodes, at }: Observation): void {
    if (refusals.length === 0) return;
    const held = new Map<string, number>();
    for (const { offerId } of nodes) held.set(offerId, (held.get(offerId) ?? 0) + 1);
    for (const { offerId } of refusals) {
      const now = held.get(offerId) ?? 0;
      const before = this.#learnt.get(offerId);
      this.#learnt.set(offerId, { nodes: now, at, believedMs: believed(before, now, at) });
    }
  }

  /**
   * The offers with what is known of their depth; `asked-again` doubts every refusal that was not heard at this moment, `kept-to` none.
   */
  told(
    offers: readonly Offer[],
    at: Instant,
    refused: 'believed' | 'asked-again' | 'kept-to' = 'believed',
  ): readonly Offer[] {
    return offers.map((offer) => {
      const learnt = this.#learnt.get(offer.offerId);
      if (learnt === undefined) return offer;
      const isDoubted =
        refused === 'asked-again'
          ? learnt.at < at
          : refused === 'believed' && at - learnt.at >= learnt.believedMs;
      return isDoubted
        ? offer
        : { ...offer, behaviour: { ...offer.behaviour, availableNodes: learnt.nodes } };
    });
  }
}

/** One that was refused at this moment already is no wiser; one that granted more since is as good as new. */
const believed = (before: Learnt | undefined, nodes: number, at: Instant): number => {
  if (before === undefined || (nodes > before.nodes && before.at < at)) return BELIEVED_MS;
  return before.at === at ? before.believedMs : Math.min(LONGEST_BELIEVED_MS, 2 * before.believedMs);
};
