import {
  acceptHost,
  giveUpHost,
  refuseHost,
  type CloudVendor,
  type Host,
} from '@slipway/capacity-planner-core';
import { eventsOf, type Instant } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import type { HostLedger } from './host-ledger.js';

type Parts = Readonly<{
  ledger: HostLedger;
  vendors: readonly CloudVendor[];
  now: () => Instant;
  logger: Logger;
  /** Why a start that was asked for is not wanted any more, as it is now. */
  forbids: (host: Host) => string | undefined;
}>;

/** So many requests to one vendor are on their way at once; what an operator says reaches all behind them. */
const AT_ONCE = 4;
/** The rest is asked for in the next round: other vendors, and hosts that are taken, are looked at meanwhile. */
const ROUND_MS = 15_000;

/**
 * Asks those vendors that answer (`seen`) for what the ledger says that was asked, and gives back what it says that is to go; a
 * failure is told, and the next round asks again.
 */
export const carryOut = async (seen: ReadonlySet<string>, parts: Parts): Promise<void> => {
  const { ledger, vendors, now } = parts;
  const until = now() + ROUND_MS;
  await Promise.all(
    vendors
      .filter(({ vendor }) => seen.has(vendor))
      .map(async (vendor) => {
        const hosts = ledger.live.filter((host) => host.vendor === vendor.vendor);
        const stops = hosts.filter(({ status }) => status === 'stopping');
        const left = [...stops, ...hosts.filter(({ status }) => status === 'asked')];
        const ask = async (): Promise<void> => {
          for (let host = left.shift(); host !== undefined && now() < until; host = left.shift())
            await askFor(host, vendor, parts);
        };
        await Promise.all(Array.from({ length: AT_ONCE }, ask));
      }),
  );
};

const askFor = async (host: Host, vendor: CloudVendor, parts: Parts): Promise<void> => {
  try {
    if (host.status === 'stopping') await vendor.stop(host);
    else await start(host, vendor, parts);
  } catch (error) {
    parts.logger.warn(
      { err: error, hostId: host.hostId, vendor: host.vendor },
      'the vendor will be asked again',
    );
  }
};

const start = async (
  host: Host,
  vendor: CloudVendor,
  { ledger, logger, now, forbids }: Parts,
): Promise<void> => {
  const newest = (): Host => ledger.find(host.hostId) ?? host;
  const forbidden = forbids(host);
  if (forbidden !== undefined) {
    logger.info({ hostId: host.hostId, offerId: host.offerId, because: forbidden }, 'a start was given up');
    await ledger.record(() => eventsOf(giveUpHost(newest(), now(), forbidden)), now());
    return;
  }
  const answer = await vendor.start(host);
  await ledger.record(() => {
    if ('started' in answer) return eventsOf(acceptHost(newest(), answer.started));
    logger.warn({ hostId: host.hostId, offerId: host.offerId, ...answer.refused }, 'the start was refused');
    return eventsOf(refuseHost(newest(), answer.refused.code, answer.refused.because));
  }, now());
};
