import type { Offer } from '../catalogue/offer.js';

const PRICE_FIELDS: Readonly<Partial<Record<Offer['purchase'], string>>> = {
  'on-demand': 'on_demand_usd',
  spot: 'spot_usd',
  queued: 'queued_usd',
};
const MOST_PREEMPTIONS_PER_HOUR = 10;
const LEAST_START_SUCCESS = 0.01;

/** An offer as a row of a catalogue, which reads back as the same offer; undefined for what is bought in ways that catalogues have no column for. */
export const rowOfOffer = (offer: Offer): Readonly<Record<string, unknown>> | undefined => {
  const { vendor, region, zone, geo, instanceType, purchase, shape, billing, behaviour } = offer;
  const priceField = PRICE_FIELDS[purchase];
  if (priceField === undefined) return undefined;
  return {
    ...{ vendor, region, ...(zone === '' ? {} : { zone }), geo, instance_type: instanceType },
    gpu: shape.gpuType,
    gpu_count: shape.gpuCount,
    vcpus: shape.vcpus,
    memory_gib: decimal(shape.memoryMiB / 1_024),
    local_disk_gib: shape.localDiskGiB,
    network_gbps: decimal(shape.networkGbps),
    [priceField]: billing.priceMicroUsdPerNodeHour / 1_000_000,
    increment_s: billing.incrementSeconds,
    minimum_s: billing.minimumSeconds,
    lead_s: Math.round(behaviour.leadMs / 1_000),
    start_success: Math.max(LEAST_START_SUCCESS, decimal(behaviour.startSuccess)),
    ...(purchase === 'spot' && {
      preemptions_per_hour: Math.min(MOST_PREEMPTIONS_PER_HOUR, decimal(behaviour.preemptionsPerNodeHour)),
    }),
    performance: decimal(behaviour.performance),
    health: decimal(behaviour.health),
    ...(behaviour.availableNodes === undefined ? {} : { available_nodes: behaviour.availableNodes }),
    source: offer.source,
    priced_on: new Date(offer.pricedAt).toISOString().slice(0, 10),
  };
};

/** With as many digits as a catalogue may have, and never as a power of ten. */
const decimal = (value: number): number => Number(value.toFixed(6));
