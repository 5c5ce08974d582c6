import type { Instant } from '@slipway/kernel';

/** So many containers of a demand group are to run on hosts of these offers, which are as good as each other for it. */
export type PlanFlow = Readonly<{ offerIds: readonly string[]; containers: number }>;

/**
 * Why a container stands where the plan in force does not say: nothing is planned for its group, what was planned is there
 * already, or the hosts that lack most of their share have not joined, or have no room, or have some and are passed over since
 * starts fail on them. Their offers, as the plan names them.
 */
export type CouldNotFollow = Readonly<{
  because: 'none-planned' | 'used-up' | 'hosts-absent' | 'hosts-full' | 'hosts-passed-over';
  offerIds: readonly string[];
}>;

/** What of a capacity plan the scheduler places by. Said again every minute, so that a scheduler that started anew learns it. */
export type FollowPlan = Readonly<{
  planId: string;
  madeAt: Instant;
  /** From then on it is stale and best fit alone counts. */
  validUntil: Instant;
  /** By demand key (demand-key.ts). */
  flows: Readonly<Record<string, readonly PlanFlow[]>>;
}>;
