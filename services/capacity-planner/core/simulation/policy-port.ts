import type { Instant } from '@slipway/kernel';
import type { Offer, OfferId, Quota } from '../catalogue/offer.js';
import type { DemandGroup, GroupId } from '../demand/demand-group.js';
import type { EgressPrices, WaitPrices } from '../policy.js';

export type ObservedNode = Readonly<{
  nodeId: number;
  offerId: OfferId;
  state: 'starting' | 'ready' | 'draining';
  startedAt: Instant;
  /** Paid for until then whether it is stopped or not: minimum and increment of its offer. */
  paidUntil: Instant;
  /** The sticky containers that stand on it; those that move freely are placed anew in each step. */
  sticky: readonly Readonly<{ groupId: GroupId; containers: number }>[];
  keptFor?: NodeUse;
}>;

/** A node that serves one group alone, at most so many containers of it. */
export type NodeUse = Readonly<{ groupId: GroupId; containers: number }>;

export type Refusal = Readonly<{ offerId: OfferId; asked: number; granted: number }>;

/** All that a policy may see at the beginning of a step. */
export type Observation = Readonly<{
  at: Instant;
  step: number;
  stepMs: number;
  /** 0 at first; the same step asks again, with a higher number, while starts are refused. */
  round: number;
  /** With the prices of this moment. */
  offers: readonly Offer[];
  quotas: readonly Quota[];
  groups: readonly DemandGroup[];
  /** Containers that are wanted now, by group. */
  wanted: readonly number[];
  /** What was wanted of one group step by step, oldest first, this step last. */
  past: (group: number) => readonly number[];
  nodes: readonly ObservedNode[];
  /** Of the rounds of this step. */
  refusals: readonly Refusal[];
  /** Nodes that were taken back or failed since the step before. */
  losses: readonly Readonly<{ offerId: OfferId; nodes: number; because: 'taken' | 'start-failed' }>[];
  /** By offer: how likely a spot request is met, 1 to 10, as vendors publish it; 10 for what is not spot. */
  spotScores: readonly number[];
  waitPrices: WaitPrices;
  egressPrices: EgressPrices;
}>;

/** What a policy wants; the simulator does it, or says why not. */
export type Wish = Readonly<{
  starts: readonly Readonly<{ offerId: OfferId; nodes: number; keepFor?: NodeUse }>[];
  /**
   * Nodes that are to go: they take nothing new and end when they are empty, which is after their containers have found another
   * place. A node that has not ended and is not named again serves on.
   */
  stops: readonly number[];
  /** Who is to stand where; what is not said is placed by best fit. */
  flows: readonly Readonly<{ groupId: GroupId; offerId: OfferId; containers: number }>[];
}>;

/** A way to buy capacity, one for each run: it may remember what it saw. */
export interface CapacityPolicy {
  readonly name: string;
  decide(observation: Observation): Wish | Promise<Wish>;
}
