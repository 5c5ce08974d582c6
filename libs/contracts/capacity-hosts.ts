import type { Instant } from '@slipway/kernel';

/** A host of the planner's ledger: ours from the moment it was asked for, and for some weeks after its end. */
export type CapacityHostView = Readonly<{
  hostId: string;
  offerId: string;
  vendor: string;
  /** Its hosts are workers on this site's own machine; nothing is bought. */
  simulated: boolean;
  /** What is wrong with it, while it is. */
  drifts?: readonly string[];
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

/** Where ledger, vendor and workers disagree about a host, or did within the last day. */
export type CapacityDrift = Readonly<{
  hostId: string;
  kind: string;
  /** A vendor by its name, or `workers`. */
  seenBy: string;
  foundAt: Instant;
  /** Left out while it lasts. */
  endedAt?: Instant;
  message: string;
}>;

/** Sums are over all hosts, whichever are on the page. */
export type CapacityHosts = Readonly<{
  hosts: readonly CapacityHostView[];
  total: number;
  /** Left out on the last page. */
  nextCursor?: string;
  /** On the first page alone, and the first of them where there are very many. */
  held?: readonly HeldCapacityChange[];
  heldTotal: number;
  /** Likewise; those that last first, then the newest. */
  drifts?: readonly CapacityDrift[];
  driftsTotal: number;
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
