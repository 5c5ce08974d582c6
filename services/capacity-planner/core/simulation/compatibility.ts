import type { Offer } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';

/** What one container needs of a node. */
export type Need = Readonly<{ gpus: number; vcpus: number; memoryMiB: number }>;

export const needOf = (group: DemandGroup): Need => ({
  gpus: group.gpusPerContainer,
  vcpus: group.vcpusPerContainer,
  memoryMiB: group.memoryMiBPerContainer,
});

const allows = (pins: readonly string[], value: string): boolean => pins.length === 0 || pins.includes(value);

/** May a container of the group stand on a node of the offer, and is an empty node large enough for one? */
export const mayServe = (group: DemandGroup, offer: Offer): boolean =>
  group.gpuTypes.includes(offer.shape.gpuType) &&
  (offer.purchase !== 'spot' || group.spot === 'tolerated') &&
  allows(group.pins.vendors, offer.vendor) &&
  allows(group.pins.regions, offer.region) &&
  allows(group.pins.geos, offer.geo) &&
  containersPerNode(group, offer) > 0;

/** How many containers of one group an empty node holds. */
export const containersPerNode = (group: DemandGroup, { shape }: Offer): number => {
  const { gpus, vcpus, memoryMiB } = needOf(group);
  const fits = Math.min(
    gpus > 0 ? Math.floor(shape.gpuCount / gpus) : Number.POSITIVE_INFINITY,
    vcpus > 0 ? Math.floor(shape.vcpus / vcpus) : Number.POSITIVE_INFINITY,
    memoryMiB > 0 ? Math.floor(shape.memoryMiB / memoryMiB) : Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(fits) ? fits : 0;
};
