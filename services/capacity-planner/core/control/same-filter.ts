import { OFFER_FILTER_NAMES, type OfferFilter } from '@slipway/contracts';

export const isSameFilter = (one: OfferFilter, other: OfferFilter): boolean =>
  OFFER_FILTER_NAMES.every(([, field]) => one[field] === other[field]);
