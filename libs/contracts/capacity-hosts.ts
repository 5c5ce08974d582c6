import type { Instant } from '@slipway/kernel';

/** A host of the planner's ledger: ours from the moment it was asked for, and for some weeks after its end. */
export type CapacityHostView = Readonly<{
  hostId: string;
  offerId: string;
  vendor: string;
  /** Its hosts are workers on this site's own machine; nothing is bought. */
  simulated: boolean;
  status: 'asked' | 'refused' | 'starting' | 'running' | 'draining' | 'stopping' | 'ended' | 'abandoned';
  how?: string;
  /** Why its vendor said no, and in which words. */
  refused?: Readonly<{ code: string; because: string }>;
  planId: string;
  askedAt: Instant;
  billingStartsAt?: Instant;
  joinedAt?: Instant;
  /** When its vendor takes it back, where it has said so. */
  takenAt?: Instant;
  endedAt?: Instant;
  billedSeconds: number;
  /** What it has cost so far; an integer. */
  costMicroUsd: number;
  microUsdPerHour: number;
}>;

/** A change of the plan in force that is not carried out now, and what holds it. */
export type HeldCapacityChange = Readonly<{
  action: 'start' | 'convert' | 'drain' | 'stop';
  /** The host, or the offer of one that is to be started. */
  subject: string;
  heldBy: string;
  because: string;
}>;

export type CapacityHosts = Readonly<{
  hosts: readonly CapacityHostView[];
  held: readonly HeldCapacityChange[];
  /** When every vendor and the scheduler last said what there is. */
  seenAt: Instant;
  /** At list prices. */
  costMicroUsd: number;
  microUsdPerHour: number;
  commitments: HostCommitments;
}>;

/** What commitments pay of these costs, and what they cost themselves; integers. */
export type HostCommitments = Readonly<{
  /** Of `costMicroUsd`. */
  coveredMicroUsd: number;
  /** Of `microUsdPerHour`. */
  coveredMicroUsdPerHour: number;
  /** Paid whether they are used or not. */
  paidMicroUsdPerHour: number;
}>;
