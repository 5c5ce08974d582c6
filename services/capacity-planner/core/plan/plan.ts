import type { RehearsalStory } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { GpuType, OfferId } from '../catalogue/offer.js';
import type { GroupId } from '../demand/demand-group.js';

export type CellId = string;

/**
 * What to hold, from now to the end of the horizon. Only the first period is executed: there all counts are integers. In later
 * periods counts of a large fleet may be fractions, exact to a thousandth.
 */
export type Plan = Readonly<{
  madeAt: Instant;
  /** The periods of the horizon; every array "by period" below has as many entries. */
  periods: readonly Readonly<{ startsAt: Instant; lengthMs: number }>[];
  /** Every offer that is held now or at some time of the plan, in the order of the offers' ids. */
  offers: readonly OfferPlan[];
  /** The first period: who stands where. The scheduler places by it, and by best fit where it cannot. */
  flows: readonly Flow[];
  /** Offers that serve the same groups in the same way; those that serve none in this plan are left out. */
  cells: readonly PlannedCell[];
  /** Over all periods: who is served from which cell. */
  serving: readonly Serving[];
  /** By group and period: what is served, served late, and not served at all. */
  service: readonly GroupService[];
  buffers: readonly BufferPlan[];
  /** Every soft rule that the plan breaks, by how much and at what price: the answer to "why not?". */
  slacks: readonly Slack[];
  cost: CostLadder;
  solution: Solution;
}>;

export type OfferPlan = Readonly<{
  offerId: OfferId;
  /** Nodes held before the plan, without those that drain. */
  nodesNow: number;
  /** Nodes paid for in each period. */
  nodes: readonly number[];
  /** Nodes asked for at the beginning of each period: they serve late in it. */
  starts: readonly number[];
  /** Nodes drained at the beginning of each period. */
  stops: readonly number[];
}>;

/** So many containers of a group on nodes of one offer, in the first period. */
export type Flow = Readonly<{
  groupId: GroupId;
  offerId: OfferId;
  /** Offers of one cell serve the same groups: the scheduler may take any of them. */
  cellId: CellId;
  containers: number;
}>;

export type PlannedCell = Readonly<{
  cellId: CellId;
  gpuType: GpuType;
  /** How long a container waits for a node that starts there. */
  leadMs: number;
  offerIds: readonly OfferId[];
}>;

/** Containers of a group in a cell, by period. */
export type Serving = Readonly<{ groupId: GroupId; cellId: CellId; containers: readonly number[] }>;

export type GroupService = Readonly<{
  groupId: GroupId;
  /** By period, in containers: `wanted` is the forecast or the floor, whichever is higher. */
  wanted: readonly number[];
  served: readonly number[];
  /** Of `served`, those that wait for a node that starts in the period. */
  late: readonly number[];
  /** How long they wait together, container-milliseconds. */
  lateContainerMs: readonly number[];
  short: readonly number[];
}>;

export type BufferPlan = Readonly<{
  gpuType: GpuType;
  /** The groups that it is for; where nothing is said, all that favour the type. */
  groupIds?: readonly GroupId[];
  /** By period, in GPUs that stand idle for instant starts: all that would ever be needed. */
  wanted: readonly number[];
  missing: readonly number[];
  /** Of `wanted`, those that are needed often enough for whole firm nodes to pay; a plan may well miss the others. */
  paying?: number;
}>;

export type SlackName =
  | 'shortage'
  | 'floor'
  | 'buffer'
  | 'market-share'
  | 'vendor-share'
  | 'non-spot-share'
  | 'starts-per-cycle'
  | 'stops-per-cycle'
  | 'vendor-changes-per-cycle'
  | 'pin'
  | 'spend';

export type Slack = Readonly<{
  name: SlackName;
  /** What it is of: a group, a market, a vendor, a GPU type; empty for what concerns the whole fleet. */
  subject: string;
  periodIndex: number;
  /** How much is missing or too much, in `unit`. */
  amount: number;
  unit: 'containers' | 'gpus' | 'nodes' | 'micro-usd-per-hour';
  /** What it adds to the plan's cost; integer. */
  costMicroUsd: number;
}>;

/**
 * The plan's cost over its horizon, line by line, integers: computed from the plan's counts and the integer prices, never taken
 * from the solver. `paidMicroUsd` is money; the other lines are the prices of waits, risk and change.
 */
export type CostLadder = Readonly<{
  /** Nodes at their list price, without what commitments cover. */
  infrastructureMicroUsd: number;
  /** Commitments, used or not. */
  commitmentsMicroUsd: number;
  egressMicroUsd: number;
  /** Slow or unhealthy nodes and failed starts: what makes the effective price differ from the list. */
  qualityMicroUsd: number;
  /** Work and waiting that preemptions are expected to cost. */
  preemptionMicroUsd: number;
  startsMicroUsd: number;
  stopsMicroUsd: number;
  movesMicroUsd: number;
  latenessMicroUsd: number;
  shortageMicroUsd: number;
  bufferMicroUsd: number;
  /** Broken soft rules, beside shortage and buffer. */
  slacksMicroUsd: number;
  /** Negative: nodes alive at the end of the horizon are worth half a start. */
  terminalMicroUsd: number;
  /** The sum of all lines: what planners are compared by. */
  totalMicroUsd: number;
  /** Money alone: infrastructure, commitments and egress. */
  paidMicroUsd: number;
  /** Money per hour in the first period, and before the plan. */
  paidMicroUsdPerHourAfter: number;
  paidMicroUsdPerHourBefore: number;
}>;

export type PlannerName =
  'milp' | 'keep' | 'greedy' | 'greedy-replacing' | 'best-fit-decreasing' | 'on-demand-only' | 'local-search';

/** How the plan was found: always said, also when it was not found by the solver. */
export type Solution = Readonly<{
  /** Whose plan won, scored by one evaluator. */
  planner: PlannerName;
  /** No plan costs less than this; integer. Nothing where no solver proved one. */
  boundMicroUsd?: number;
  /** (cost − bound) / cost. */
  gap?: number;
  solver: SolverStory;
  /** Every planner that was asked, and what its plan costs by the same evaluator. */
  candidates: readonly Readonly<{ planner: PlannerName; totalMicroUsd: number }>[];
  integrality: 'all-periods' | 'first-periods';
  size: Readonly<{
    offers: number;
    groups: number;
    cells: number;
    columns: number;
    integers: number;
    rows: number;
    /** Units that were not looked at: the catalogue has more than a solver can hold. */
    leftOutUnits?: number;
  }>;
  solveMs: number;
  /** Where first steps were rehearsed; `planner` and `gap` are then those of the cheapest plan for what is expected. */
  lookAhead?: RehearsalStory;
}>;

export type SolverStory =
  | Readonly<{ status: 'optimal' | 'gap-reached' | 'time-limit' }>
  /** The plan is a heuristic's; `because` is for people. */
  | Readonly<{ status: 'fallback'; because: string }>
  /** No solver was asked: nothing could be decided. */
  | Readonly<{ status: 'not-asked'; because: string }>;
