import type { OfferId } from './offer.js';

/** How many offers, and which: the first of them by name, so that one event stays small. */
export type Some<Offer> = Readonly<{ count: number; first: readonly Offer[] }>;

type Priced = Readonly<{ offerId: OfferId; priceMicroUsdPerNodeHour: number }>;
type Repriced = Readonly<{
  offerId: OfferId;
  fromMicroUsdPerNodeHour: number;
  toMicroUsdPerNodeHour: number;
}>;

/** What changed between two catalogues. */
export type CatalogueChange = Readonly<{
  added: Some<Priced>;
  withdrawn: Some<Priced>;
  repriced: Some<Repriced>;
  /** Their shape, billing terms or behaviour are others now. */
  redescribed: Some<Readonly<{ offerId: OfferId }>>;
}>;

/** Plans are made from another catalogue version from now on. */
export type CatalogueChanged = {
  type: 'catalogue-changed';
  data: CatalogueChange & Readonly<{ version: string; offers: number; rejectedRows: number }>;
};
