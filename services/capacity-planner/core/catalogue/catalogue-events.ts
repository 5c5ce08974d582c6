import type { Quarantined } from './catalogue.js';
import type { Offer, OfferId } from './offer.js';

/** What changed between two catalogues. */
export type CatalogueEvent =
  | Readonly<{ type: 'offer-added'; data: Readonly<{ offer: Offer }> }>
  | Readonly<{
      type: 'offer-repriced';
      data: Readonly<{ offerId: OfferId; fromMicroUsdPerNodeHour: number; toMicroUsdPerNodeHour: number }>;
    }>
  /** Its shape, billing terms or behaviour are others now. */
  | Readonly<{ type: 'offer-redescribed'; data: Readonly<{ offer: Offer }> }>
  | Readonly<{ type: 'offer-withdrawn'; data: Readonly<{ offerId: OfferId }> }>
  | Readonly<{ type: 'price-quarantined'; data: Quarantined }>;
