import type { Instant } from '@slipway/kernel';
import type { Catalogue, Quarantined } from './catalogue.js';
import type { Offer, OfferId } from './offer.js';

/** A change of price in one refresh that is not believed at once. */
const JUMP = 0.3;
/** Prices this near to each other say the same. */
const SAME = 0.05;
/** A price that was said so often is the price. */
const BELIEVED_AFTER = 3;

/** Keeps the former price of each offer whose price jumped, until the new one was said three times in a row or a person believes it. */
export const quarantine = (
  before: Catalogue,
  offers: ReadonlyMap<OfferId, Offer>,
  at: Instant,
  believed: ReadonlySet<OfferId>,
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
    const timesSaid = again ? pending.timesSaid + 1 : 1;
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
      since: again ? pending.since : at,
    });
  }
  return { offers: kept, quarantined };
};

const isNear = (price: number, other: number, share: number): boolean =>
  Math.abs(price - other) <= other * share;
