import type { Instant } from '@slipway/kernel';
import type { Commitment, GpuType, Offer, Quota } from '../catalogue/offer.js';
import type { DemandGroup, GroupId } from '../demand/demand-group.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { OfferPrices } from '../prices/offer-prices.js';
import type { GroupWaitPrices } from '../prices/wait-prices.js';

/** A problem made ready to be solved: indices in place of names, one entry for all that a plan need not tell apart. */
export type Prepared = Readonly<{
  problem: PlanningProblem;
  periods: readonly PreparedPeriod[];
  groups: readonly PreparedGroup[];
  cells: readonly Cell[];
  units: readonly Unit[];
  /** Units that were not looked at, since there are more than a solver can hold. */
  leftOutUnits: number;
  /** Who may stand where: the order of every array "by pair". */
  pairs: readonly Readonly<{ group: number; cell: number }>[];
  buffers: readonly BufferLadder[];
  markets: readonly Market[];
  quotas: readonly Readonly<{ quota: Quota; limit: number; units: readonly number[] }>[];
  commitments: readonly CoveringCommitment[];
  /** Containers that run now and should stay where they are; to move one costs so much. */
  sticky: readonly Readonly<{ group: number; cell: number; containers: number; moveMicroUsd: number }>[];
  /** By group and near period, the containers that are wanted beyond those that run; nothing of groups that move freely. */
  newcomers: readonly (readonly number[])[];
  /** By unit, the nodes that are held, where it is known what stands on each; those that are missed least come first. */
  standing: readonly (readonly PreparedNode[])[];
  /**
   * By group, the containers of the first period that the nodes held now can serve at once, those included that are to go: the rest
   * waits. Of a large fleet nothing is said: there who stands on new nodes waits, and a node is replaced by holding both for a
   * period. So much freedom at once would make the search take many times longer.
   */
  ready: readonly number[] | undefined;
  /** What a slot of each GPU type usually costs per hour. */
  reference: ReadonlyMap<GpuType, number>;
  /** Nothing is started or stopped: by the operator's wish, or since inputs are too old. */
  frozen: Readonly<{ because: string }> | undefined;
}>;

export type PreparedPeriod = Readonly<{ startsAt: Instant; lengthMs: number; hours: number }>;

export type PreparedGroup = Readonly<{
  index: number;
  group: DemandGroup;
  prices: GroupWaitPrices;
  /** Containers wanted by period, exact to a thousandth; an integer in the first. */
  wanted: readonly number[];
  /** Indices of the cells that it may use. */
  cells: readonly number[];
}>;

/** Offers that the same groups may use in the same way. Demand is served by cells, and bought by units. */
export type Cell = Readonly<{
  index: number;
  cellId: string;
  gpuType: GpuType;
  spot: boolean;
  /** The longest lead of its offers; they differ little, being of one class of leads. */
  leadMs: number;
  /** By group: slots that one container takes; 0 where it may not stand. */
  slots: Float64Array;
  /** By group: what a container pulls of its data, integer micro-USD per hour. */
  egress: Float64Array;
  /** By group: what a preemption costs a container beyond what it costs a batch job, as expected; integer micro-USD per hour. */
  risk: Float64Array;
  units: readonly number[];
  /** The container sizes that occur, ascending. */
  sizes: readonly number[];
}>;

/** Offers of one cell that differ in nothing that a plan sees but their caps: equal zones of one region. */
export type Unit = Readonly<{
  index: number;
  cell: number;
  members: readonly Readonly<{
    offer: Offer;
    held: number;
    starting: number;
    cap: number;
    paid: readonly number[];
  }>[];
  /** What the members have in common. */
  offer: Offer;
  slots: number;
  held: number;
  /** Of `held`, the nodes that are on their way: who is put on them waits. */
  starting: number;
  /** Nodes that could be held at most; never fewer than are held. */
  cap: number;
  /** By period: nodes that are paid for until its end, whether we keep them or not; all of a vendor that is away. */
  paid: readonly number[];
  prices: OfferPrices;
  /** By period: may it be held then? A dated block only within its window. */
  open: readonly boolean[];
  /** Index of its spot market, or -1. */
  market: number;
}>;

/** A node that is held: sticky containers on it by group, and the slots that they leave. */
export type PreparedNode = Readonly<{ containers: ReadonlyMap<number, number>; free: number }>;

/** Spot nodes that would be taken back together: of one vendor, region and GPU type. */
export type Market = Readonly<{
  name: string;
  units: readonly number[];
  /** By period: slots that it may carry. */
  limit: readonly number[];
  /** Of more, per slot and hour. */
  slackMicroUsdPerHour: number;
}>;

/** What idle slots of a GPU type are worth to a pool of groups: each step of the ladder is needed less often than the one before. */
export type BufferLadder = Readonly<{
  gpuType: GpuType;
  /** Where it is not for all that favour the type. */
  groupIds?: readonly GroupId[];
  /** `gpus` wide; not having one of them costs so much in expectation, integer micro-USD per GPU-hour. */
  steps: readonly Readonly<{ gpus: number; missingMicroUsdPerHour: number }>[];
  totalGpus: number;
  /** By period: do idle slots count? */
  counts: readonly boolean[];
  units: readonly number[];
  /** Pairs whose containers take room there; not those that make room at once, since they move freely and wait far more cheaply. */
  standing: readonly number[];
  /** Ladders before it that are for some of the same groups alone: what is missing of them is charged there, and here no more. */
  parts: readonly number[];
}>;

export type CoveringCommitment = Readonly<{
  commitment: Commitment;
  units: readonly number[];
  /** By period: is it in force? */
  active: readonly boolean[];
}>;
