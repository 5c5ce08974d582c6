import type { Instant } from '@slipway/kernel';
import type { LatencyClass } from './placement.js';

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
