import type { CommitmentTerms } from '@slipway/contracts';
import type { Offer } from '../catalogue/offer.js';

/** What a commitment looks at in an offer, or in a host that was bought as one. */
export type Place = Readonly<{
  vendor: string;
  region: string;
  instanceType: string;
  gpuType: string;
  purchase: string;
}>;

/** Whether a commitment pays for nodes there: of its vendor, and never spot, which vendors bill beside all commitments. */
export const covers = (terms: CommitmentTerms, place: Place): boolean =>
  place.vendor === terms.vendor &&
  place.purchase !== 'spot' &&
  (terms.kind === 'spend' ||
    ((terms.region ?? place.region) === place.region &&
      (terms.instanceType ?? place.instanceType) === place.instanceType &&
      (terms.gpuType ?? place.gpuType) === place.gpuType));

export const placeOf = ({ vendor, region, instanceType, purchase, shape }: Offer): Place => ({
  ...{ vendor, region, instanceType, purchase },
  gpuType: shape.gpuType,
});

export const coveredOffers = (terms: CommitmentTerms, offers: readonly Offer[]): Offer[] =>
  offers.filter((offer) => covers(terms, placeOf(offer)));
