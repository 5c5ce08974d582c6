import type { Offer, OfferId } from '../catalogue/offer.js';
import type { DemandGroup, GroupId } from '../demand/demand-group.js';

const MINUTE_MS = 60_000;

/** Nodes of H100s of one vendor in one region of the United States, on demand, there after a minute. */
export const plainOffer = (
  offerId: string,
  gpuCount: number,
  usd: number,
  other: Partial<Offer> = {},
): Offer => ({
  offerId: offerId as OfferId,
  vendor: 'vendor',
  region: 'us-1',
  zone: 'us-1a',
  geo: 'us',
  instanceType: offerId,
  purchase: 'on-demand',
  shape: {
    ...{ gpuType: 'H100', gpuCount, gpuMemoryGiB: 80 },
    ...{ vcpus: 8 * gpuCount, memoryMiB: 2 ** 20, localDiskGiB: 1, networkGbps: 1 },
  },
  billing: { priceMicroUsdPerNodeHour: usd * 1_000_000, incrementSeconds: 1, minimumSeconds: 60 },
  behaviour: { leadMs: MINUTE_MS, startSuccess: 1, preemptionsPerNodeHour: 0, performance: 1, health: 1 },
  pricedAt: 0,
  source: 'spec',
  ...other,
});

/** Sticky interactive containers that may stand anywhere and need nothing but GPUs. */
export const plainGroup = (
  groupId: string,
  gpusPerContainer: number,
  other: Partial<DemandGroup> = {},
): DemandGroup => ({
  groupId: groupId as GroupId,
  gpuTypes: ['H100'],
  gpusPerContainer,
  vcpusPerContainer: 0,
  memoryMiBPerContainer: 0,
  pins: { vendors: [], regions: [], geos: [] },
  spot: 'tolerated',
  waitClass: 'interactive',
  priority: 'standard',
  movement: 'sticky',
  floorContainers: 0,
  ...other,
});
