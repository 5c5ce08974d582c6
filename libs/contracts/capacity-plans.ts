import type { Instant } from '@slipway/kernel';
import type { PlannedStep } from './capacity-steps.js';

/** How a capacity plan stands: in force, waiting for a person, turned down, or overtaken by a newer one. */
export type CapacityPlanState = 'in-force' | 'waiting' | 'rejected' | 'superseded';

export type CapacityPlanSummary = Readonly<{
  planId: string;
  madeAt: Instant;
  state: CapacityPlanState;
  /** Who decided, where somebody had to. */
  decided?: Readonly<{
    at: Instant;
    by: string;
    verdict: 'approved' | 'rejected';
    reason?: string;
    /** Offers whose change was left out. */
    without?: readonly string[];
  }>;
  /** Why it was made when it was. */
  trigger: string;
  inputsHash: string;
  catalogueVersion: string;
  planner: string;
  solverStatus: string;
  /** (cost − bound) / cost of the cheapest plan for what is expected, where a bound was proven: a rehearsed plan may be another. */
  gap?: number;
  solveMs: number;
  totalMicroUsd: number;
  paidMicroUsdPerHourBefore: number;
  paidMicroUsdPerHourAfter: number;
  starts: number;
  stops: number;
  shortContainers: number;
}>;

/** A plan in full. Arrays "by period" have as many entries as `periods`. */
export type CapacityPlanDetail = CapacityPlanSummary &
  Readonly<{
    periods: readonly Readonly<{ startsAt: Instant; lengthMs: number }>[];
    offers: readonly Readonly<{
      offerId: string;
      nodesNow: number;
      nodes: readonly number[];
      starts: readonly number[];
      stops: readonly number[];
    }>[];
    flows: readonly Readonly<{ groupId: string; offerId: string; cellId: string; containers: number }>[];
    service: readonly Readonly<{
      groupId: string;
      wanted: readonly number[];
      served: readonly number[];
      late: readonly number[];
      short: readonly number[];
    }>[];
    /** For all who favour a GPU type, or for those of them alone who are named: who is pinned has buffers of their own. */
    buffers: readonly Readonly<{
      gpuType: string;
      groupIds?: readonly string[];
      wanted: readonly number[];
      missing: readonly number[];
      /** Of `wanted`, what pays at the usual price of the GPU: a plan may well miss the others. */
      paying?: number;
    }>[];
    slacks: readonly Readonly<{
      name: string;
      subject: string;
      periodIndex: number;
      amount: number;
      unit: string;
      costMicroUsd: number;
    }>[];
    /** Line by line, integers. */
    cost: Readonly<Record<string, number>>;
    candidates: readonly Readonly<{ planner: string; totalMicroUsd: number }>[];
    boundMicroUsd?: number;
    solverBecause?: string;
    /** Where first steps were rehearsed. */
    lookAhead?: RehearsalStory;
  }>;

/** How first steps fared that were rehearsed: the plan begins with the one that is the best in the mean of so many futures. */
export type RehearsalStory = Readonly<{
  futures: number;
  lengthMs: number;
  /** In the mean of the futures, nodes at their effective prices, egress and waits over `lengthMs`; integers. */
  expectedMicroUsd: number;
  /** The same where the first step is that of the cheapest of `candidates`. */
  asExpectedMicroUsd: number;
  /** Where the two first steps differ: nodes by offer. */
  changes: readonly Readonly<{ offerId: string; nodes: number; nodesAsExpected: number }>[];
}>;

/** One line of what a plan changes now; `because` is for people. */
export type CapacityChange = Readonly<{
  action: 'start' | 'stop' | 'keep';
  offerId: string;
  nodesBefore: number;
  nodesAfter: number;
  /** What it adds to the hourly bill at list price; integer, negative for a saving. */
  microUsdPerHour: number;
  because: string;
}>;

export type CapacityDiff = Readonly<{
  planId: string;
  /** The plan that it is compared with; left out: the fleet as it was when the plan was made. */
  againstPlanId?: string;
  changes: readonly CapacityChange[];
  microUsdPerHourBefore: number;
  microUsdPerHourAfter: number;
  /** What is done now, or will be, with the hosts that there are; left out where nothing is done about the plan. */
  steps?: readonly PlannedStep[];
}>;
