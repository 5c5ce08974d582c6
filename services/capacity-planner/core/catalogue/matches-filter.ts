import type { OfferFilter } from '@slipway/contracts';
import type { NodeShape, Offer } from './offer.js';

/** What a filter looks at. */
export type Filtered = Pick<Offer, 'offerId' | 'vendor' | 'region' | 'purchase'> &
  Readonly<{ shape: Pick<NodeShape, 'gpuType'> }>;

/** Whether an offer is what a filter names; one that names nothing names all. */
export const matchesFilter = (
  offer: Filtered,
  { offerId, vendor, region, gpuType, purchase }: OfferFilter,
): boolean =>
  (offerId === undefined || offer.offerId === offerId) &&
  (vendor === undefined || offer.vendor === vendor) &&
  (region === undefined || offer.region === region) &&
  (gpuType === undefined || offer.shape.gpuType === gpuType) &&
  (purchase === undefined || offer.purchase === purchase);
