import type { Brand, Instant } from '@slipway/kernel';
import type { GpuType } from '../catalogue/offer.js';

export type GroupId = Brand<'GroupId'>;

/** How much a wait hurts: a person waits, a job waits, nobody waits. */
export type WaitClass = 'interactive' | 'batch' | 'background';

/** Where containers of the group may stand; an empty list allows all. A pin is never traded for money. */
export type Pins = Readonly<{
  vendors: readonly string[];
  regions: readonly string[];
  geos: readonly string[];
}>;

/**
 * All functions that a plan need not tell apart: the same GPUs, size, pins, tolerance, class, priority and home of data.
 * There are tens to hundreds of groups, not thousands.
 */
export type DemandGroup = Readonly<{
  groupId: GroupId;
  /** The GPUs that its containers accept, the favoured one first; `['CPU']` for containers without a GPU. */
  gpuTypes: readonly GpuType[];
  /** 0 for containers without a GPU. */
  gpusPerContainer: number;
  vcpusPerContainer: number;
  memoryMiBPerContainer: number;
  pins: Pins;
  /** May its containers stand on nodes that can be taken back? */
  spot: 'tolerated' | 'refused';
  waitClass: WaitClass;
  /** Who is served first when not all can be. */
  priority: 'standard' | 'high';
  /** Short containers move by ending; a serving one is moved only make-before-break, where that pays. */
  movement: 'free' | 'sticky';
  /** Where its data are, and what it pulls of them; nothing where it does not matter. */
  data?: Readonly<{ vendor: string; region: string; gibPerContainerHour: number }>;
  /** Containers that a customer has reserved: kept ready whether the forecast asks for them or not. */
  floorContainers: number;
}>;

/** Containers of a group within one period: fractions are wanted, a forecast is not a count. */
export type PeriodDemand = Readonly<{
  expectedContainers: number;
  /** Ascending in `level` (0 to 1): the demand stays at or below `containers` with that probability. May be empty. */
  quantiles: readonly Readonly<{ level: number; containers: number }>[];
}>;

export type GroupForecast = Readonly<{
  groupId: GroupId;
  /** One for each period of the horizon, in order. */
  periods: readonly PeriodDemand[];
}>;

/**
 * How far the pooled demand of one GPU type was above its forecast, one lead time ahead: the empirical distribution that the
 * buffer for instant starts is read from. Pooled over groups, since a group alone cannot be foreseen.
 */
export type PooledError = Readonly<{
  gpuType: GpuType;
  /** The groups that are pooled; where nothing is said, all that favour the type. */
  groupIds?: readonly GroupId[];
  /** Ascending in `level`; `gpus` may be negative (the forecast was too high). */
  quantiles: readonly Readonly<{ level: number; gpus: number }>[];
}>;

export type Forecast = Readonly<{
  madeAt: Instant;
  groups: readonly GroupForecast[];
  pooledErrors: readonly PooledError[];
  /** Of few groups: how demand may go on. */
  futures?: DemandFutures;
}>;

/** Futures that are equally likely, step by step from now on; `paths` by path, group (as in the forecast) and step. */
export type DemandFutures = Readonly<{
  stepMs: number;
  /** Whole containers; the first step is now. */
  paths: readonly (readonly (readonly number[])[])[];
}>;

/** Where the groups are no more those of the futures, or nothing is to be rehearsed. */
export const withoutFutures = ({ futures: _, ...forecast }: Forecast): Forecast => forecast;
