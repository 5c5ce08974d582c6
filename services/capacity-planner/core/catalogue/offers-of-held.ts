import type { Holding } from '../fleet/fleet.js';
import type { Offer, OfferId } from './offer.js';

/**
 * The offers of hosts that we hold and that are listed no more, as they were last known. Many vendors list only what they have
 * left, so that what is sold out vanishes while our own hosts of it serve: those are planned with, and no more of them can be had.
 */
export const offersOfHeld = (
  holdings: readonly Pick<Holding, 'offerId' | 'nodes'>[],
  listed: ReadonlyMap<OfferId, Offer>,
  lastKnown: ReadonlyMap<OfferId, Offer>,
): readonly Offer[] =>
  holdings.flatMap(({ offerId, nodes }) => {
    const offer = listed.has(offerId) ? undefined : lastKnown.get(offerId);
    return offer === undefined
      ? []
      : [{ ...offer, behaviour: { ...offer.behaviour, availableNodes: nodes } }];
  });
