import type { Offer, Quarantined, Quota, Refusals, TermPrice } from '@slipway/capacity-planner-core';
import type { RejectedOffer } from '@slipway/contracts';

/** What can be bought now, and what of the catalogues was left out. The same content has the same version. */
export type CatalogueView = Readonly<{
  version: string;
  offers: readonly Offer[];
  quotas: readonly Quota[];
  /** What who commits to a term pays; nothing of it is bought by itself. */
  terms: readonly TermPrice[];
  rejected: readonly RejectedOffer[];
  /** Offers whose price jumped and that go on with their former one until the new one is believed. */
  doubted: readonly Quarantined[];
  /** What the rates of preemption of spot offers are above what their catalogues claim, as our own losses taught; nothing in a kept version of which nobody knows. */
  outagesPerHour?: number;
}>;

/** Where offers come from: versioned files and vendors' own lists, brought up to date with what was observed. */
export interface CatalogueSource {
  /** `doubted`: as if what vendors refused a while ago could be had again. */
  current(refusals?: Refusals): Promise<CatalogueView>;
}
