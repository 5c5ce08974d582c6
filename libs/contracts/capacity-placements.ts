import type { Instant } from '@slipway/kernel';
import type { CouldNotFollow } from './capacity.js';

/** Containers of a group that stand where the plan did not say: why, where it would have had them, and where they are. */
export type NotFollowed = Readonly<{
  demandKey: string;
  /** `not-said`: by a scheduler that gives no reasons. `hosts-starting`: absent, and on their way within their lead time. */
  because: CouldNotFollow['because'] | 'hosts-starting' | 'not-said';
  plannedOfferIds: readonly string[];
  /** Nothing on a machine of the site's own. */
  offerId?: string;
  containers: number;
}>;

/** Who said where containers went since `sinceAt`. */
export type CapacityPlacements = Readonly<{
  at: Instant;
  sinceAt: Instant;
  containers: Readonly<Record<'own-machine' | 'plan' | 'best-fit', number>>;
  /** Of those that the plan had a say in, the share that could not follow it; nothing where there were none. */
  notFollowedShare?: number;
  /** The most first. */
  notFollowed: readonly NotFollowed[];
}>;
