import type { NodeCommitmentTerms } from './capacity-commitments.js';
import type { Instant } from '@slipway/kernel';
import type { OfferFilter } from './offer-filter.js';
import type { PlannedStep } from './capacity-steps.js';
import type { LatencyClass } from './placement.js';

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
  /** (cost − bound) / cost, where a bound was proven. */
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

export type CapacityOfferView = Readonly<{
  offerId: string;
  vendor: string;
  region: string;
  zone: string;
  geo: string;
  instanceType: string;
  purchase: string;
  gpuType: string;
  gpuCount: number;
  vcpus: number;
  memoryMiB: number;
  priceMicroUsdPerNodeHour: number;
  leadMs: number;
  startSuccess: number;
  preemptionsPerNodeHour: number;
  availableNodes?: number;
  /** What who commits to so many months pays in its place; only where it is bought on demand. */
  terms: readonly OfferTerm[];
  pricedAt: Instant;
  source: string;
}>;

/** A price that has to be committed to. `planning-value`: nobody published it. */
export type OfferTerm = Readonly<{
  months: number;
  priceMicroUsdPerNodeHour: number;
  basis: 'published' | 'planning-value';
}>;

/** A row of a catalogue that was left out: where it stands, and what is wrong with it. */
export type RejectedOffer = Readonly<{ row: string; rule: string; message: string }>;

export type DemandGroupView = Readonly<{
  demandKey: string;
  gpuTypes: readonly string[];
  gpusPerContainer: number;
  milliCpu: number;
  memoryMiB: number;
  regions: readonly string[];
  vendors: readonly string[];
  spotTolerated: boolean;
  latencyClass: LatencyClass;
  priority: 'standard' | 'high';
  floorContainers: number;
  /** Containers now: on bought hosts, on the site's own machines, and without room. */
  wanted: Readonly<{ bought: number; own: number; lacking: number }>;
  /** What one container costs per hour while it waits for a node, or gets none; as of the newest plan. */
  waitPrices?: Readonly<{ lateMicroUsdPerContainerHour: number; shortMicroUsdPerContainerHour: number }>;
  /** Idle GPUs that surprises of the next period would ever need: shared by all groups that this buffer is for. */
  buffer?: Readonly<{
    gpuType: string;
    wantedGpus: number;
    /** How probably those who share it want more in the next period than there is room for; nothing where no past is known. */
    shortageProbability?: number;
  }>;
  /** By period of the horizon, as of the newest plan. */
  forecast: readonly Readonly<{
    startsAt: Instant;
    lengthMs: number;
    expectedContainers: number;
    quantiles: readonly Readonly<{ level: number; containers: number }>[];
  }>[];
}>;

/** What operators have decided about planning, and how it goes. */
export type CapacityControlView = Readonly<{
  mode: 'running' | 'frozen';
  frozen?: Readonly<{ at: Instant; by: string; reason: string }>;
  guardrails: Readonly<Record<string, number | string>>;
  floors: readonly Readonly<{ demandKey: string; containers: number; by: string; note?: string }>[];
  /** Offers of which nothing more is bought. */
  exclusions: readonly Readonly<{ filter: OfferFilter; at: Instant; by: string; reason: string }>[];
  /** How many nodes of some offers an operator wants held. */
  pins: readonly Readonly<OfferPin & { at: Instant; by: string; reason: string }>[];
  inForcePlanId?: string;
  newestPlanId?: string;
  /** Why the last attempt made no plan, while that is the newest thing that happened. */
  failing?: Readonly<{ at: Instant; because: string }>;
}>;

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
  /** Guardrails in place of those that the plan was made under, by name. */
  guardrails?: Readonly<Record<string, number>>;
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
export type OfferPin = Readonly<{ filter: OfferFilter; least?: number; most?: number; until?: Instant }>;

export type WhatIfAnswer = Readonly<{
  basePlanId: string;
  base: CapacityOutcome;
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

/** Why an offer was bought or not. Prices are integers per node and hour, unless they say otherwise. */
export type OfferExplanation = Readonly<{
  offerId: string;
  verdict: 'bought' | 'not-bought' | 'of-no-use';
  nodesNow: number;
  nodes: number;
  /** From the list price to what the plan counts: what slowness and failures add, and what preemptions do. */
  listMicroUsdPerNodeHour: number;
  qualityMicroUsdPerNodeHour: number;
  preemptionMicroUsdPerNodeHour: number;
  serves: readonly Readonly<{ demandKey: string; containers: number }>[];
  /** Who could serve the same groups in the same way, the cheapest first; a slot is a GPU, or a share of a node of CPUs. */
  alternatives: readonly Readonly<{
    offerId: string;
    effectiveMicroUsdPerSlotHour: number;
    nodes: number;
    atCap: boolean;
  }>[];
  /** What stands against one node more, be it bought or not. */
  obstacles: readonly Readonly<{ rule: string; because: string }>[];
  /** Its price has jumped, now: it goes on with the former one until the other was said often enough. */
  doubted?: Readonly<{
    formerMicroUsdPerNodeHour: number;
    saidMicroUsdPerNodeHour: number;
    timesSaid: number;
  }>;
  /** The groups that accept its GPU: those that could use it first. */
  groups: readonly Readonly<{
    demandKey: string;
    wanted: number;
    short: number;
    /** Why its containers may not stand there; left out where they may. */
    because?: string;
    /** What one container would cost there, on a full node, with what it pulls and its risk. */
    microUsdPerContainerHour?: number;
    /** Where the plan has them, and what one costs there. */
    standsOn: readonly Readonly<{ offerId: string; containers: number; microUsdPerContainerHour: number }>[];
  }>[];
  /** The list price at which the choice would turn. */
  turnsAtMicroUsdPerNodeHour?: number;
  because: string;
}>;

/** What rules cost a plan and what one container more of a group would; prices are integers, per hour of the first period. */
export type PlanExplanation = Readonly<{
  planId: string;
  /** What one unit more of a rule would save. */
  binding: readonly Readonly<{ name: string; subject: string; unit: string; savesMicroUsdPerHour: number }>[];
  marginal: readonly Readonly<{
    groupId: string;
    gpuTypes: readonly string[];
    microUsdPerContainerHour: number;
    microUsdPerGpuHour: number;
  }>[];
  /** What one GPU more of a type would cost, for a batch job that may stand anywhere: by priority, on nodes of any kind or on firm ones alone. */
  gpus: readonly Readonly<{
    gpuType: string;
    priority: 'standard' | 'high';
    standsOn: 'any' | 'firm';
    microUsdPerGpuHour: number;
  }>[];
  /** What a pin or a floor costs, the dearest first: what the plan would save without it, per hour of the horizon. */
  worths: readonly Readonly<{
    groupId: string;
    rule: 'vendors' | 'regions' | 'geos' | 'firm-only' | 'floor';
    value: string;
    savesMicroUsdPerHour: number;
  }>[];
  /** Pins and floors that were not weighed: each takes a solve, and time is limited. */
  notWeighed: number;
  /** Why there are no such prices, or not all of them. */
  without?: string;
  /** The offers that are held, each with the one that would be held in its place. */
  choices: readonly Readonly<{
    offerId: string;
    nodes: number;
    effectiveMicroUsdPerGpuHour: number;
    runnerUp?: Readonly<{
      offerId: string;
      dearerMicroUsdPerGpuHour: number;
      flipsAtMicroUsdPerNodeHour?: number;
      keptOutBy: readonly string[];
    }>;
  }>[];
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
