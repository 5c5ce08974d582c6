import type { OfferFilter } from '@slipway/contracts';

const NAMES = [
  ['offer', 'offerId'],
  ['vendor', 'vendor'],
  ['region', 'region'],
  ['gpu', 'gpuType'],
  ['purchase', 'purchase'],
] as const;

/** A filter as the command line writes it, such as `vendor=aws,gpu=H100`; empty where it names all offers. */
export const filterText = (filter: OfferFilter): string =>
  NAMES.filter(([, field]) => filter[field] !== undefined)
    .map(([name, field]) => `${name}=${filter[field]}`)
    .join(',');

export const isSameFilter = (one: OfferFilter, other: OfferFilter): boolean =>
  NAMES.every(([, field]) => one[field] === other[field]);
