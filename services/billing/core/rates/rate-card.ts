import type { Instant } from '@slipway/kernel';
import type { Ratio } from '../money/ratio.js';
import type { Sku } from './sku.js';

/** Whole billionths of a US dollar: the finest that a rate may be. */
export type NanoUsd = bigint;

/**
 * What everything costs from a moment on. A card is never changed: who wants other prices publishes another card for later,
 * so what was used in the past keeps the price that it had.
 */
export type RateCard = Readonly<{
  cardId: string;
  effectiveFrom: Instant;
  /** Exclusive. Left out: until the next card's beginning. */
  effectiveTo?: Instant;
  currency: 'USD';
  /** Per unit of the SKU (sku.ts). */
  nanoUsdPerUnit: Readonly<Partial<Record<Sku, NanoUsd>>>;
  /** What computing costs in a region, compared with where none is named here. */
  regions: Readonly<Record<string, Ratio>>;
  /** What computing costs in a container that is not to be ended to make room. */
  nonPreemptible: Ratio;
}>;

/** What a workspace pays of the listed price, from a moment on: 4/5 is a discount of a fifth. Never changed either. */
export type Discount = Readonly<{
  discountId: string;
  workspaceId: string;
  effectiveFrom: Instant;
  effectiveTo?: Instant;
  /** At most 1. */
  share: Ratio;
  /** Left out: of everything. */
  skus?: readonly Sku[];
}>;

/** All that prices follow from. Cards and discounts are in the order of their beginning. */
export type RateBook = Readonly<{ cards: readonly RateCard[]; discounts: readonly Discount[] }>;
