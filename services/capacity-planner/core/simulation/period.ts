import type { Instant } from '@slipway/kernel';
import type { Offer, Quota } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import type { EgressPrices, WaitPrices } from '../policy.js';

/**
 * What one offer did, step by step, whoever buys: its price, how many nodes could be held, and what its vendor took back. The
 * price is public from its step on; all else is hidden from policies, who learn it from refusals and losses.
 */
export type OfferHistory = Readonly<{
  /** By step, an integer. */
  priceMicroUsdPerNodeHour: readonly number[];
  /** By step: a start that would hold more nodes than these is refused. Nodes that run already stay. */
  openNodes: readonly number[];
  /** By step: the share of running nodes that is lost at its beginning. */
  lostShare: readonly number[];
  /** A start takes this long in the middle, spread log-normally by `leadSpread`, and fails with the rest of `startSuccess`. */
  leadMs: number;
  leadSpread: number;
  startSuccess: number;
}>;

/**
 * A stretch of time that policies are compared in: demand, prices, outages and preemptions, all of it settled beforehand. It is
 * generated from a seed, or recorded from what really happened.
 */
export type Period = Readonly<{
  name: string;
  /** Drives what depends on what a policy did: which node is lost, how long a start takes. */
  seed: number;
  startsAt: Instant;
  stepMs: number;
  /** Steps that are run. */
  steps: number;
  /** The first so many of them are run and not accounted. */
  warmUpSteps: number;
  /** Offers at their first price; `behaviour` is what the catalogue claims, not what is true. */
  offers: readonly Offer[];
  /** By offer. */
  histories: readonly OfferHistory[];
  quotas: readonly Quota[];
  groups: readonly DemandGroup[];
  /** Steps of demand before the first step of the period: what a forecaster may look back on. */
  pastSteps: number;
  /** By group, `pastSteps + steps` counts of containers. */
  demand: readonly (readonly number[])[];
  /** By group: the share of its sticky containers that end in a step and are replaced by new ones. */
  turnover: readonly number[];
  /** What waits and bytes cost: the accountant's prices, known to all policies. */
  waitPrices: WaitPrices;
  egressPrices: EgressPrices;
  /** By group: what one GPU of it (a CPU container's slot) usually costs, micro-USD per hour; left out, it is read from the offers. */
  usualMicroUsdPerHour?: readonly number[];
  /** By group: what it is worth, in micro-USD, that a container is not moved, beside the work that it loses. */
  moveMicroUsd?: readonly number[];
}>;

const HOUR_MS = 3_600_000;

export const stepHours = (period: Period): number => period.stepMs / HOUR_MS;
