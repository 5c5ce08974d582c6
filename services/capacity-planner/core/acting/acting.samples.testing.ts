import type { Offer } from '../catalogue/offer.js';
import type { HostEvent, HostOrder } from './host.events.js';
import { evolveHost, type Host } from './host.state.js';

export const offerOf = (offerId: string, changes: Partial<Offer> = {}): Offer => ({
  ...{ offerId, vendor: 'lambda', region: 'us-east-1', zone: '', geo: 'us', instanceType: 'gpu_1x_h100' },
  ...{ purchase: 'on-demand', pricedAt: 0, source: 'spec' },
  shape: {
    ...{ gpuType: 'H100', gpuCount: 1, gpuMemoryGiB: 80, vcpus: 26, memoryMiB: 230_400 },
    ...{ localDiskGiB: 0, networkGbps: 0 },
  },
  billing: { priceMicroUsdPerNodeHour: 3_600_000, incrementSeconds: 1, minimumSeconds: 60 },
  behaviour: { leadMs: 60_000, startSuccess: 1, preemptionsPerNodeHour: 0, performance: 1, health: 1 },
  ...changes,
});

export const orderOf = (hostId: string, offer: Offer = offerOf('a')): HostOrder => ({
  hostId,
  ...{ offerId: offer.offerId, vendor: offer.vendor, region: offer.region, zone: offer.zone, geo: offer.geo },
  ...{ instanceType: offer.instanceType, purchase: offer.purchase, billing: offer.billing },
  ...{ gpuType: offer.shape.gpuType, gpuCount: offer.shape.gpuCount },
});

/** The host that these events make, one second apart. */
export const hostAfter = (...events: readonly HostEvent[]): Host => {
  let host: Host | undefined;
  events.forEach((event, second) => (host = evolveHost(host, event, second * 1_000)));
  if (host === undefined) throw new Error('a host begins with an event');
  return host;
};

export const asked = (hostId: string, offer?: Offer, planId = 'pl-1'): HostEvent => ({
  type: 'host-asked',
  data: { ...orderOf(hostId, offer), planId, because: 'spec' },
});
export const accepted = (hostId: string, billedFrom = 0): HostEvent => ({
  type: 'host-accepted',
  data: { hostId, vendorHostId: `v-${hostId}`, billedFrom },
});
export const joined = (hostId: string): HostEvent => ({ type: 'host-joined', data: { hostId } });

export const runningHost = (hostId: string, offer?: Offer, planId?: string): Host =>
  hostAfter(asked(hostId, offer, planId), accepted(hostId), joined(hostId));
