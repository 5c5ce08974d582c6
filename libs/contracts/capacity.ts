import type { Instant } from '@slipway/kernel';

/** So many containers of a demand group are to run on hosts of these offers, which are as good as each other for it. */
export type PlanFlow = Readonly<{ offerIds: readonly string[]; containers: number }>;

/** What of a capacity plan the scheduler places by. Said again every minute, so that a scheduler that started anew learns it. */
export type FollowPlan = Readonly<{
  planId: string;
  madeAt: Instant;
  /** From then on it is stale and best fit alone counts. */
  validUntil: Instant;
  /** By demand key (demand-key.ts). */
  flows: Readonly<Record<string, readonly PlanFlow[]>>;
}>;
