import type { Instant } from '@slipway/kernel';

/** What a node costs per hour for who commits to a term. Nothing that can be started: a commitment once it is bought. */
export type TermPrice = Readonly<{
  vendor: string;
  region: string;
  instanceType: string;
  months: number;
  priceMicroUsdPerNodeHour: number;
  /** `planning-value`: nobody published it; it is only good for asking whether a term would pay. */
  basis: 'published' | 'planning-value';
  pricedAt: Instant;
  source: string;
}>;
