import type { Instant } from '@slipway/kernel';

/** What an operator has committed to at a vendor: it is paid from `startsAt` until `endsAt`, whether it is used or not. */
export type CommitmentTerms = CommittedTo & Readonly<{ startsAt: Instant }>;

export type CommittedTo = Readonly<{
  /** A name that the operator gives it, such as the vendor's own number of the contract. */
  commitmentId: string;
  vendor: string;
  endsAt: Instant;
}> &
  (NodeCommitmentTerms | SpendCommitmentTerms);

/** So many nodes of an instance type or of a GPU type, in a region or in any, cost nothing more. */
export type NodeCommitmentTerms = Readonly<{
  kind: 'nodes';
  region?: string;
  instanceType?: string;
  gpuType?: string;
  nodes: number;
  /** What each of them costs per hour in any case; an integer. */
  priceMicroUsdPerNodeHour: number;
}>;

/** So much of the vendor's hourly bill, at list prices, is paid for already. */
export type SpendCommitmentTerms = Readonly<{
  kind: 'spend';
  coveredMicroUsdPerHour: number;
  /** What that costs per hour in any case; an integer. */
  priceMicroUsdPerHour: number;
}>;

/** A commitment, and how much of it is used now. */
export type CommitmentView = CommitmentTerms &
  Readonly<{
    state: 'to-come' | 'in-force' | 'over';
    recorded: Readonly<{ at: Instant; by: string }>;
    /** Offers of the catalogue that it covers. */
    offers: number;
    /** Of the nodes that are held now, those that it covers. */
    usedNodes: number;
    /** What these would cost per hour at their list price beside it; an integer. */
    usedMicroUsdPerHour: number;
    /** What it costs per hour in any case, 0 where it is not in force; an integer. */
    paidMicroUsdPerHour: number;
  }>;

export type CapacityCommitments = Readonly<{
  at: Instant;
  commitments: readonly CommitmentView[];
  paidMicroUsdPerHour: number;
  usedMicroUsdPerHour: number;
}>;

/** What a term on offer would save over the horizon of a plan; prices are integers per node and hour. */
export type TermAdvice = Readonly<{
  vendor: string;
  region: string;
  instanceType: string;
  months: number;
  /** `planning-value`: nobody published the price of the term. */
  basis: 'published' | 'planning-value';
  termMicroUsdPerNodeHour: number;
  onDemandMicroUsdPerNodeHour: number;
  /** Nodes for which it pays over the horizon, 0 for none. */
  nodes: number;
  /** A node has to be used for more than this share of the time; and for what share the first one is. */
  paysAboveShare: number;
  usedShare: number;
  /** For all of `nodes` over the whole horizon; an integer. */
  savesMicroUsd: number;
}>;

/** What terms on offer would save, if all of their time were like the horizon of a plan. */
export type PlanTerms = Readonly<{ planId: string; horizonMs: number; terms: readonly TermAdvice[] }>;
