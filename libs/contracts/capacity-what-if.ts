import type { NodeCommitmentTerms } from './capacity-commitments.js';
import type { CapacityChange } from './capacity-plans.js';
import type { OfferFilter } from './offer-filter.js';

/** Changes of a recorded problem, to see what would follow: nothing of it is carried out. */
export type WhatIf = Readonly<{
  /** The plan whose inputs are changed; left out: the newest. */
  planId?: string;
  /** Prices times a factor, of all offers that match. */
  prices?: readonly Readonly<OfferFilter & { factor: number }>[];
  /** Offers that are not there. */
  without?: readonly OfferFilter[];
  /** Demand times a factor, of all groups or of one. */
  demand?: readonly Readonly<{ demandKey?: string; factor: number }>[];
  /** Guardrails in place of those that the plan was made under, by name; null: that one is lifted. */
  guardrails?: Readonly<Record<string, number | null>>;
  /** How often spot nodes are taken back, times a factor, of all offers that match. */
  preemptions?: readonly Readonly<OfferFilter & { factor: number }>[];
  /** So many nodes can be held of each offer that matches. */
  available?: readonly Readonly<OfferFilter & { nodes: number }>[];
  /** A quota by its name, in GPUs or vCPUs; one that does not exist is added: `vendor/region/GPU`, the last of these may be left out. */
  quotas?: readonly Readonly<{ quotaId: string; limit: number }>[];
  /** Commitments that were made beside those that there are, paid over the whole horizon. */
  commitments?: readonly CommittedNodes[];
}>;

/** Nodes of a vendor that cost nothing more, and what each of them costs in any case. */
export type CommittedNodes = Readonly<{ vendor: string }> & Omit<NodeCommitmentTerms, 'kind'>;

/** At least, or at most, so many nodes of all offers that match together; until a moment, or until it is taken back. */

export type WhatIfAnswer = Readonly<{
  basePlanId: string;
  /** Of that plan; where its first step was rehearsed, of the plan for what is expected from the same inputs, as `changed` is. */
  base: CapacityOutcome;
  baseIs: 'the-plan' | 'as-expected';
  changed: CapacityOutcome;
  /** What the changed plan holds other than the base. */
  changes: readonly CapacityChange[];
  /** Totals are of so long. */
  horizonMs: number;
  solveMs: number;
}>;

export type CapacityOutcome = Readonly<{
  totalMicroUsd: number;
  paidMicroUsdPerHour: number;
  shortContainers: number;
  lateContainers: number;
  nodes: number;
  gap?: number;
  planner: string;
}>;

/** A recorded period made again from its inputs. */
export type ReplayedPlan = Readonly<{
  planId: string;
  /** Whether the plan is the same to the last count; false only where a time limit cut the search or the planner has changed since. */
  identical: boolean;
  before: CapacityOutcome;
  now: CapacityOutcome;
  changes: readonly CapacityChange[];
}>;
