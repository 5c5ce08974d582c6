import type { Bus } from '@slipway/messaging';
import type { HostLedger } from './host-ledger.js';
import type { LookAtWorkers } from './look-at-workers.js';

/**
 * Has the scheduler place on hosts again that were to go and are kept after all: told in each round until it has heard, for a host that
 * gets nothing new is paid for in vain.
 */
export const keepHosts = async (
  ledger: HostLedger,
  workers: Pick<LookAtWorkers, 'isLeaving'>,
  bus: Bus,
): Promise<void> => {
  for (const { hostId, status } of ledger.live)
    if (status === 'running' && workers.isLeaving(hostId))
      await bus.request('scheduler.keep-worker', { workerId: hostId });
};
