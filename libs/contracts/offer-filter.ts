/** Offers by what is named; nothing named: all. */
export type OfferFilter = Readonly<{
  offerId?: string;
  vendor?: string;
  region?: string;
  gpuType?: string;
  purchase?: string;
}>;

/** What a filter's fields are called where people write it. */
export const OFFER_FILTER_NAMES = [
  ['offer', 'offerId'],
  ['vendor', 'vendor'],
  ['region', 'region'],
  ['gpu', 'gpuType'],
  ['purchase', 'purchase'],
] as const;

/** A filter as the command line writes it, such as `vendor=aws,gpu=H100`; empty where it names all offers. */
export const filterText = (filter: OfferFilter): string =>
  OFFER_FILTER_NAMES.filter(([, field]) => filter[field] !== undefined)
    .map(([name, field]) => `${name}=${filter[field]}`)
    .join(',');
