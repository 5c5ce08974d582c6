import type { Catalogue } from './catalogue.js';
import type { CatalogueEvent } from './catalogue-events.js';
import type { Offer } from './offer.js';

/** What changed from one catalogue to the next, in the order of the offers. Equal catalogues have no events. */
export const compareCatalogues = (before: Catalogue, after: Catalogue): readonly CatalogueEvent[] => [
  ...[...after.offers.values()].flatMap((offer) => changesOf(before.offers.get(offer.offerId), offer)),
  ...[...before.offers.keys()]
    .filter((offerId) => !after.offers.has(offerId))
    .map((offerId): CatalogueEvent => ({ type: 'offer-withdrawn', data: { offerId } })),
  ...[...after.quarantined.values()]
    .filter(({ offerId, timesSaid }) => before.quarantined.get(offerId)?.timesSaid !== timesSaid)
    .map((data): CatalogueEvent => ({ type: 'price-quarantined', data })),
];

const changesOf = (former: Offer | undefined, offer: Offer): readonly CatalogueEvent[] => {
  if (former === undefined) return [{ type: 'offer-added', data: { offer } }];
  const from = former.billing.priceMicroUsdPerNodeHour;
  const to = offer.billing.priceMicroUsdPerNodeHour;
  const repriced: CatalogueEvent = {
    type: 'offer-repriced',
    data: { offerId: offer.offerId, fromMicroUsdPerNodeHour: from, toMicroUsdPerNodeHour: to },
  };
  const redescribed: CatalogueEvent = { type: 'offer-redescribed', data: { offer } };
  return [
    ...(from === to ? [] : [repriced]),
    ...(description(former) === description(offer) ? [] : [redescribed]),
  ];
};

/** All but the price, and when and where it was seen. */
const description = ({ shape, billing, behaviour, geo, window }: Offer): string =>
  JSON.stringify([shape, billing.incrementSeconds, billing.minimumSeconds, behaviour, geo, window]);
