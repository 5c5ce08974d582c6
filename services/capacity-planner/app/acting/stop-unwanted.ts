import { isPaid, type CloudVendor, type VendorHost } from '@slipway/capacity-planner-core';
import type { Logger } from '@slipway/telemetry';
import { answerWithin } from './answer-within.js';
import type { HostLedger } from './host-ledger.js';

/**
 * Stops what is paid for and of no use: a second machine with the mark of a host that is known by another id, and a host that was given
 * up for lost. One that cannot be stopped is told, and the next look tries again.
 */
export const stopUnwanted = async (
  vendor: CloudVendor,
  listed: readonly VendorHost[],
  ledger: HostLedger,
  logger: Pick<Logger, 'warn'>,
): Promise<void> => {
  const unwanted = listed.filter((there) => {
    const host = ledger.find(there.hostId);
    if (there.goneAt !== undefined || there.state === 'stopping' || host === undefined || !isPaid(host))
      return false;
    return host.status === 'ended' || host.vendorHostId !== there.vendorHostId;
  });
  await Promise.all(
    unwanted.map((there) =>
      answerWithin(vendor.stop(there)).catch((error: unknown) =>
        logger.warn(
          { err: error, vendor: vendor.vendor, hostId: there.hostId, vendorHostId: there.vendorHostId },
          'a machine that is paid for and of no use was not stopped: the vendor will be asked again',
        ),
      ),
    ),
  );
};
