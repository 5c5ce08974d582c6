import type { Catalogue, Quarantined } from './catalogue.js';
import type { Offer } from './offer.js';

/** A catalogue as it is written down. */
export type KeptCatalogue = Readonly<{
  offers: readonly Offer[];
  terms: Catalogue['terms'];
  quotas: Catalogue['quotas'];
  quarantined: readonly Quarantined[];
}>;

export const keptOf = ({ offers, terms, quotas, quarantined }: Catalogue): KeptCatalogue => ({
  offers: [...offers.values()],
  ...{ terms, quotas },
  quarantined: [...quarantined.values()],
});

export const catalogueOf = ({ offers, terms, quotas, quarantined }: KeptCatalogue): Catalogue => ({
  offers: new Map(offers.map((offer) => [offer.offerId, offer])),
  ...{ terms, quotas },
  quarantined: new Map(quarantined.map((jump) => [jump.offerId, jump])),
});
