import type { Instant } from '@slipway/kernel';
import type { Catalogue, Quarantined } from './catalogue.js';
import type { Offer, OfferId } from './offer.js';

/** A change of price in one refresh that is not believed at once. */
export const JUMP = 0.3;
/** Prices this near to each other say the same. */
const SAME = 0.05;
/** A price that was seen at so many moments is the price. */
export const BELIEVED_AFTER = 3;

/** Prices of files were seen on the day that their rows name; a vendor's own list is seen now. */
export type Seen = 'as-dated' | 'just-now';

type Look = Readonly<{
  at: Instant;
  seen: Seen;
  /** Offers whose price a person has looked at. */
  believed: ReadonlySet<OfferId>;
}>;

/**
 * Keeps the former price of each offer whose price jumped, until the new one was seen at three moments in a row or a person believes
 * it. One file that is read again and again is one sighting.
 */
export const quarantine = (
  before: Catalogue,
  offers: ReadonlyMap<OfferId, Offer>,
  { at, seen, believed }: Look,
): Pick<Catalogue, 'offers' | 'quarantined'> => {
  const kept = new Map(offers);
  const quarantined = new Map<OfferId, Quarantined>();
  for (const [offerId, offer] of offers) {
    const former = before.offers.get(offerId);
    if (former === undefined || believed.has(offerId)) continue;
    const said = offer.billing.priceMicroUsdPerNodeHour;
    const was = former.billing.priceMicroUsdPerNodeHour;
    if (isNear(said, was, JUMP)) continue;
    const pending = before.quarantined.get(offerId);
    const again = pending !== undefined && isNear(said, pending.saidMicroUsdPerNodeHour, SAME);
    const seenAt = seen === 'just-now' ? at : offer.pricedAt;
    const isNews = pending?.seenAt !== seenAt;
    const timesSaid = again ? pending.timesSaid + (isNews ? 1 : 0) : 1;
    if (timesSaid >= BELIEVED_AFTER) continue;
    kept.set(offerId, {
      ...offer,
      billing: { ...offer.billing, priceMicroUsdPerNodeHour: was },
      pricedAt: former.pricedAt,
      source: former.source,
    });
    quarantined.set(offerId, {
      offerId,
      formerMicroUsdPerNodeHour: was,
      saidMicroUsdPerNodeHour: said,
      timesSaid,
      seenAt,
      since: again ? pending.since : at,
    });
  }
  return { offers: kept, quarantined };
};

const isNear = (price: number, other: number, share: number): boolean =>
  Math.abs(price - other) <= other * share;
