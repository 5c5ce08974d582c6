import type { Offer, OfferId } from './offer.js';

/** `aws/us-east-1/-/p5.48xlarge/spot`; a hyphen stands for "any zone". */
export const offerIdOf = ({
  vendor,
  region,
  zone,
  instanceType,
  purchase,
}: Pick<Offer, 'vendor' | 'region' | 'zone' | 'instanceType' | 'purchase'>): OfferId =>
  [vendor, region, zone === '' ? '-' : zone, instanceType, purchase].join('/');
