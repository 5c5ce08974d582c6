import type { HostEvent } from '@slipway/capacity-planner-core';
import type { HostFact } from '@slipway/contracts';

/** What other services may know of a host: what it is, and what became of it; prices are told as they change. */
export const hostFactOf = (event: HostEvent): HostFact => {
  const { hostId } = event.data;
  switch (event.type) {
    case 'host-asked': {
      const { offerId, vendor, region, planId, because } = event.data;
      return { type: 'capacity-host-asked', hostId, offerId, vendor, region, planId, because };
    }
    case 'host-refused': {
      const { code, because } = event.data;
      return { type: 'capacity-host-refused', hostId, code, because };
    }
    case 'host-accepted':
      return { type: 'capacity-host-accepted', hostId, billedFrom: event.data.billedFrom };
    case 'host-joined':
      return { type: 'capacity-host-joined', hostId };
    case 'host-repriced': {
      const { from, priceMicroUsdPerNodeHour } = event.data;
      return { type: 'capacity-host-repriced', hostId, from, priceMicroUsdPerNodeHour };
    }
    case 'host-drain-begun': {
      const { planId, because } = event.data;
      return { type: 'capacity-host-drain-begun', hostId, planId, because };
    }
    case 'host-kept':
      return { type: 'capacity-host-kept', hostId, planId: event.data.planId };
    case 'host-preemption-noticed':
      return { type: 'capacity-host-preemption-noticed', hostId, takenAt: event.data.takenAt };
    case 'host-stop-asked':
      return { type: 'capacity-host-stop-asked', hostId, because: event.data.because };
    case 'host-ended':
      return { type: 'capacity-host-ended', ...event.data };
    case 'orphan-found': {
      const { offerId, vendor, billedFrom } = event.data;
      return { type: 'capacity-orphan-found', hostId, offerId, vendor, billedFrom };
    }
    default:
      return event satisfies never;
  }
};
