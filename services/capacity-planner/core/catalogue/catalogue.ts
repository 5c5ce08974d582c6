import type { Instant } from '@slipway/kernel';
import type { Offer, OfferId, Quota } from './offer.js';
import type { TermPrice } from './term-price.js';

/** A price that jumped: not believed yet. The offer keeps its former price until it was said often enough, or by a person. */
export type Quarantined = Readonly<{
  offerId: OfferId;
  formerMicroUsdPerNodeHour: number;
  saidMicroUsdPerNodeHour: number;
  /** At how many moments in a row. */
  timesSaid: number;
  /** When it was last seen: a file that is read again says what it said before. */
  seenAt: Instant;
  since: Instant;
}>;

/** What can be bought, as all rows that passed say; a value, replaced as a whole by the next refresh. */
export type Catalogue = Readonly<{
  offers: ReadonlyMap<OfferId, Offer>;
  terms: readonly TermPrice[];
  quotas: readonly Quota[];
  quarantined: ReadonlyMap<OfferId, Quarantined>;
}>;

export const emptyCatalogue: Catalogue = {
  offers: new Map(),
  terms: [],
  quotas: [],
  quarantined: new Map(),
};
