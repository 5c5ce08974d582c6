import type { GoingOn } from '@slipway/blob-store-core';
import type { Bus } from '@slipway/messaging';

export const goingOnByScheduler = (bus: Pick<Bus, 'request'>): GoingOn => ({
  arguments: async (blobIds) => (await bus.request('scheduler.list-arguments', { blobIds })).blobIds,
});
