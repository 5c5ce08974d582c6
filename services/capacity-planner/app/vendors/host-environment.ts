import type { HostOrder } from '@slipway/capacity-planner-core';

/** What a bought host's worker is told of itself: the labels that it joins with. */
export const hostEnvironment = (order: HostOrder): Record<string, string> => ({
  WORKER_ID: order.hostId,
  WORKER_HOST_ID: order.hostId,
  WORKER_OFFER_ID: order.offerId,
  WORKER_VENDOR: order.vendor,
  WORKER_REGION: order.region,
  ...(order.zone === '' ? {} : { WORKER_ZONE: order.zone }),
  WORKER_GEO: order.geo,
  WORKER_INSTANCE_TYPE: order.instanceType,
  WORKER_PURCHASE: order.purchase === 'spot' ? 'spot' : 'on-demand',
});
