import type { GoingOn } from '@slipway/blob-store-core';
import type { Bus } from '@slipway/messaging';

export const goingOnByScheduler = (bus: Pick<Bus, 'request'>): GoingOn => ({
  ended: async (ids) => (await bus.request('scheduler.list-ended', { ids })).ended,
  arguments: async (blobIds) => (await bus.request('scheduler.list-arguments', { blobIds })).blobIds,
});
