import type { Brand, Instant } from '@slipway/kernel';

/** `vendor/region/zone/instance-type/purchase`: one thing that can be bought, named for ever. */
export type OfferId = Brand<'OfferId'>;

/** The canonical name of a GPU (`H100`, `A100-80GB`, `L4`); `CPU` for a node without one. */
export type GpuType = string;

export const CPU_ONLY: GpuType = 'CPU';

/**
 * How it is bought. `on-demand`: until we stop it. `spot`: the vendor may take it back at any moment. `queued`: discounted,
 * starts late, is not taken back. `block`: dated and paid ahead. `committed`: of a term that is owned already.
 */
export type PurchaseOption = 'on-demand' | 'spot' | 'queued' | 'block' | 'committed';

/** The node, as it is when it has joined. */
export type NodeShape = Readonly<{
  gpuType: GpuType;
  /** GPUs on one node; 0 for a node of CPUs. */
  gpuCount: number;
  gpuMemoryGiB: number;
  vcpus: number;
  memoryMiB: number;
  localDiskGiB: number;
  networkGbps: number;
}>;

export type OfferBilling = Readonly<{
  /** List price of one node for one hour, an integer. */
  priceMicroUsdPerNodeHour: number;
  /** Usage is rounded up to a multiple of this. */
  incrementSeconds: number;
  /** What is paid at least for each start. */
  minimumSeconds: number;
}>;

/** What is known of how the offer behaves, from observation or, until there is some, from the catalogue. */
export type OfferBehaviour = Readonly<{
  /** From the request to a worker that takes containers. */
  leadMs: number;
  /** The share of start requests that become a node, in (0, 1]. */
  startSuccess: number;
  /** How often one node is taken back in one hour; 0 unless `spot`. */
  preemptionsPerNodeHour: number;
  /** Work per hour beside the usual node of that GPU, about 1; 0.5 for one that is half as fast. */
  performance: number;
  /** The share of paid time in which the node is healthy, in (0, 1]. */
  health: number;
  /** Nodes that we could hold of it at once, learnt from refusals; nothing where nothing is known. */
  availableNodes?: number;
}>;

/** One purchasable thing at one moment. All rows that passed the rules of the catalogue; the planner trusts them. */
export type Offer = Readonly<{
  offerId: OfferId;
  vendor: string;
  region: string;
  zone: string;
  /** The part of the world: `us`, `eu`, `ap` … what a pin by geography names. */
  geo: string;
  instanceType: string;
  purchase: PurchaseOption;
  shape: NodeShape;
  billing: OfferBilling;
  behaviour: OfferBehaviour;
  /** A dated block can be held only between these. */
  window?: Readonly<{ startsAt: Instant; endsAt: Instant }>;
  /** When the price was seen, and where: a page, an API, a file. */
  pricedAt: Instant;
  source: string;
}>;

/** A vendor's limit over several offers: GPUs (vCPUs for nodes without GPUs) that may be held at once. */
export type Quota = Readonly<{
  /** A name for people: `aws/us-east-1/H100`. */
  quotaId: string;
  /** Nothing given means: any. */
  scope: Readonly<{
    vendor: string;
    region?: string;
    gpuType?: GpuType;
    purchase?: PurchaseOption;
  }>;
  limit: number;
}>;

/**
 * Something paid for already, whether used or not. `nodes`: so many nodes of any of these offers cost nothing more. `spend`: so
 * much of the hourly bill of a vendor is paid already, of what is not spot.
 */
export type Commitment = Readonly<{
  commitmentId: string;
  /** What it costs per hour, used or not; an integer. */
  priceMicroUsdPerHour: number;
  startsAt: Instant;
  endsAt: Instant;
}> &
  (
    | Readonly<{ kind: 'nodes'; offerIds: readonly OfferId[]; nodes: number }>
    | Readonly<{ kind: 'spend'; vendor: string; coveredMicroUsdPerHour: number }>
  );
