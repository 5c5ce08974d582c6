import { acceptHost, refuseHost, type CloudVendor, type Host } from '@slipway/capacity-planner-core';
import { eventsOf, type Instant } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import type { HostLedger } from './host-ledger.js';

type Parts = Readonly<{
  ledger: HostLedger;
  vendors: readonly CloudVendor[];
  now: () => Instant;
  logger: Logger;
}>;

/**
 * Asks those vendors that answer (`seen`) for what the ledger says that was asked, and gives back what it says that is to go; a
 * failure is told, and the next round asks again.
 */
export const carryOut = async (seen: ReadonlySet<string>, parts: Parts): Promise<void> => {
  const { ledger, vendors, logger } = parts;
  const byName = new Map(vendors.map((vendor) => [vendor.vendor, vendor]));
  await Promise.all(
    ledger.live.map(async (host) => {
      const vendor = byName.get(host.vendor);
      if (vendor === undefined || !seen.has(host.vendor)) return;
      try {
        if (host.status === 'asked') await start(host, vendor, parts);
        if (host.status === 'stopping') await vendor.stop(host);
      } catch (error) {
        logger.warn(
          { err: error, hostId: host.hostId, vendor: host.vendor },
          'the vendor will be asked again',
        );
      }
    }),
  );
};

const start = async (host: Host, vendor: CloudVendor, { ledger, logger, now }: Parts): Promise<void> => {
  const answer = await vendor.start(host);
  await ledger.record(() => {
    const newest = ledger.find(host.hostId) ?? host;
    if ('started' in answer) return eventsOf(acceptHost(newest, answer.started));
    logger.warn({ hostId: host.hostId, offerId: host.offerId, ...answer.refused }, 'the start was refused');
    return eventsOf(refuseHost(newest, answer.refused.code, answer.refused.because));
  }, now());
};
