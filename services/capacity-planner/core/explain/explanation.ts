import type { GpuType, OfferId } from '../catalogue/offer.js';
import type { DemandGroup, GroupId } from '../demand/demand-group.js';

/** Why a plan is as it is. All money is micro-USD, per hour of the first period where it says so. */
export type Explanation = Readonly<{
  choices: readonly OfferChoice[];
  binding: readonly BindingRule[];
  marginal: readonly MarginalGpu[];
  gpus: readonly GpuPrice[];
  /** Prices of one GPU more that were not found, and why. */
  notPriced: number;
  notPricedBecause?: string;
  worths: readonly RuleWorth[];
  /** Pins and floors that were not weighed, and why. */
  notWeighed: number;
  notWeighedBecause?: string;
  /** Why there are no such prices, or not all of them. */
  without?: string;
}>;

/** An offer that the plan holds, and the one that would be held in its place. */
export type OfferChoice = Readonly<{
  offerId: OfferId;
  nodes: number;
  /** From the list to what the plan compares, per node and hour. */
  price: PriceSteps;
  runnerUp?: Readonly<{
    offerId: OfferId;
    price: PriceSteps;
    /** Per slot and hour, what the runner-up costs more; negative where it is cheaper and something else kept it out. */
    dearerMicroUsdPerGpuHour: number;
    /** The list price per node-hour at which the runner-up would cost as little; nothing where no price would do. */
    flipsAtMicroUsdPerNodeHour?: number;
    /** What keeps a cheaper one out. */
    keptOutBy: readonly string[];
  }>;
}>;

export type PriceSteps = Readonly<{
  listMicroUsdPerHour: number;
  qualityMicroUsdPerHour: number;
  preemptionMicroUsdPerHour: number;
  effectiveMicroUsdPerHour: number;
  /** The same per GPU (per slot of a node without GPUs). */
  effectiveMicroUsdPerGpuHour: number;
}>;

/** A rule that costs something: what one unit more of it would save. */
export type BindingRule = Readonly<{
  name:
    | 'quota'
    | 'availability'
    | 'spend'
    | 'buffer'
    | 'market-share'
    | 'vendor-share'
    | 'non-spot-share'
    | 'starts-per-cycle'
    | 'stops-per-cycle'
    | 'vendor-changes-per-cycle'
    | 'pin';
  subject: string;
  unit: 'gpu' | 'node' | 'usd-per-hour';
  savesMicroUsdPerHour: number;
}>;

/** What one container more of a group would cost in the first period. */
export type MarginalGpu = Readonly<{
  groupId: GroupId;
  gpuTypes: readonly GpuType[];
  microUsdPerContainerHour: number;
  microUsdPerGpuHour: number;
}>;

/** What one GPU more of a type would cost in the first period, for a batch job that may stand anywhere. */
export type GpuPrice = Readonly<{
  gpuType: GpuType;
  priority: DemandGroup['priority'];
  /** Also on nodes that can be taken back, or on firm ones alone. */
  standsOn: 'any' | 'firm';
  microUsdPerGpuHour: number;
}>;

/** A wish of a group that nothing is traded for: what the plan would save without it, per hour of the horizon. */
export type RuleWorth = Readonly<{
  groupId: GroupId;
  rule: 'vendors' | 'regions' | 'geos' | 'firm-only' | 'floor';
  /** What it says, such as `eu-west-1,eu-west-2`. */
  value: string;
  savesMicroUsdPerHour: number;
}>;
