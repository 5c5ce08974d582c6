import type { OfferFilter, OfferPin } from '@slipway/contracts';
import type { WaitClass } from './demand/demand-group.js';

/** What an operator decides; a plan is a function of it. `defaultPolicy` says what stands where nobody decided. */
export type PlanningPolicy = Readonly<{
  horizon: Horizon;
  prices: WaitPrices;
  buffer: BufferPolicy;
  spot: SpotPolicy;
  stability: StabilityPolicy;
  guardrails: Guardrails;
  /** Offers of which no node is started; those that are held serve on, and are stopped where that pays. */
  excluded?: readonly OfferFilter[];
  /** Nodes that operators want held of some offers. A plan breaks one for a customer's floor alone, or where it cannot be met. */
  pins?: readonly OfferPin[];
  egress: EgressPrices;
  solve: SolvePolicy;
  /** What one slot of a node without GPUs is: containers and nodes of CPUs are counted in these. */
  cpuSlot: Readonly<{ vcpus: number; memoryMiB: number }>;
}>;

/** The periods of the horizon from now on; the first is executed, then everything is planned anew. */
export type Horizon = Readonly<{ periodsMs: readonly number[] }>;

/** Multiples of the GPU's usual on-demand price per GPU-hour, for each class of wait. */
export type WaitPrices = Readonly<{
  /** A container that waits for a node that is on its way. */
  lateness: Readonly<Record<WaitClass, number>>;
  /** A container that no node is planned for. */
  shortage: Readonly<Record<WaitClass, number>>;
  /** The shortage price of a group of high priority is so many times higher, */
  highPriorityFactor: number;
  /** and that of a customer's floor. */
  floorFactor: number;
}>;

export type BufferPolicy = Readonly<{
  /** `newsvendor`: the quantile of pooled error at which one more idle GPU costs what the waits it saves would; else none. */
  rule: 'newsvendor' | 'none';
  /** The quantile is never above this, however dear a wait is. */
  maxQuantile: number;
  /** The share of a buffer that may stand on spot nodes. */
  maxSpotShare: number;
}>;

export type SpotPolicy = Readonly<{
  /** The share of spot-tolerant demand for a GPU type that one market (vendor, region, GPU type) may carry. */
  maxMarketShare: number;
  /** Work that is lost when a node is taken, in hours of the node. */
  lostWorkHours: number;
}>;

export type StabilityPolicy = Readonly<{
  /** Hours of a node's price that a stop costs beside what is paid already: draining. */
  stopCostHours: number;
  /** Beside its lead time, the hours of a node's price that a start costs: images and weights are pulled. */
  startCostHours: number;
  /** Hours of a node's price that a move of one sticky container away from where it runs costs, per GPU. */
  moveCostHours: number;
  /** The price of a change beside all true costs: a change is made where it saves more than this share of a node's hour. */
  changeReluctanceHours: number;
}>;

/** Limits in money and in change. All but the spend cap are soft: a plan that must break one says by how much. */
export type Guardrails = Readonly<{
  /** `frozen`: nothing is started or stopped. */
  mode: 'running' | 'frozen';
  /** Hard: no new node is started above it; what runs is kept. Integer. */
  maxSpendMicroUsdPerHour?: number;
  /** Hard, by the days of UTC: what was spent, and what the fleet would cost until the end of the day. Integer. */
  maxSpendMicroUsdPerDay?: number;
  maxStartsPerCycle?: number;
  maxStopsPerCycle?: number;
  maxChangesPerVendorAndCycle?: number;
  /** The share of all GPUs that one vendor may hold. */
  maxVendorShare?: number;
  /** The share of all GPUs that must not be spot. */
  minNonSpotShare?: number;
  /** A plan that adds more than this per hour waits for a person. Integer. */
  approvalAboveMicroUsdPerHour?: number;
  /** Older inputs than these stop all stops, and all starts but those of the fleet's own repair. */
  maxPriceAgeMs: number;
  maxForecastAgeMs: number;
  /** Of a vendor that has not said for so long which hosts it has, none is started or stopped; the rest of the fleet goes on. */
  maxFleetAgeMs: number;
}>;

/** Integer micro-USD per GiB, by how far a container stands from its data. */
export type EgressPrices = Readonly<{
  sameRegionMicroUsdPerGiB: number;
  sameVendorMicroUsdPerGiB: number;
  elsewhereMicroUsdPerGiB: number;
}>;

export type SolvePolicy = Readonly<{
  timeLimitMs: number;
  /** The search stops at this gap between plan and bound. */
  relativeGap: number;
  /** Every period is integer while demand and fleet are below so many GPUs; */
  allIntegerBelowGpus: number;
  /** else only the first so many. */
  integerPeriods: number;
}>;

const MINUTE_MS = 60_000;

export const defaultPolicy: PlanningPolicy = {
  horizon: { periodsMs: [15, 15, 30, 60, 120].map((minutes) => minutes * MINUTE_MS) },
  prices: {
    lateness: { interactive: 40, batch: 8, background: 1 },
    shortage: { interactive: 100, batch: 20, background: 5 },
    highPriorityFactor: 4,
    floorFactor: 10,
  },
  buffer: { rule: 'newsvendor', maxQuantile: 0.995, maxSpotShare: 0.5 },
  spot: { maxMarketShare: 0.35, lostWorkHours: 0.1 },
  stability: { stopCostHours: 0.02, startCostHours: 0.05, moveCostHours: 0.1, changeReluctanceHours: 0.02 },
  guardrails: {
    mode: 'running',
    maxPriceAgeMs: 60 * MINUTE_MS,
    maxForecastAgeMs: 15 * MINUTE_MS,
    maxFleetAgeMs: 2 * MINUTE_MS,
  },
  egress: {
    sameRegionMicroUsdPerGiB: 0,
    sameVendorMicroUsdPerGiB: 20_000,
    elsewhereMicroUsdPerGiB: 90_000,
  },
  solve: { timeLimitMs: 60_000, relativeGap: 0.005, allIntegerBelowGpus: 200, integerPeriods: 1 },
  cpuSlot: { vcpus: 2, memoryMiB: 8192 },
};
