import {
  isPaid,
  reconcileVendor,
  type CloudVendor,
  type Drift,
  type HostOrder,
  type Offer,
  type VendorHost,
} from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import { answerWithin } from './answer-within.js';
import type { DriftLedger } from './drift-ledger.js';
import type { HostLedger } from './host-ledger.js';

type Look = Readonly<{
  now: () => Instant;
  offers: readonly Offer[];
  drifts: DriftLedger;
  logger: Logger;
}>;

/**
 * Asks every vendor which hosts of ours it has, and brings the ledger to what they say. Answers the vendors that answered; the
 * hosts of the others are as the ledger last knew them.
 */
export const lookAtVendors = async (
  vendors: readonly CloudVendor[],
  ledger: HostLedger,
  { now, offers, drifts, logger }: Look,
): Promise<ReadonlySet<string>> => {
  const seen = new Set<string>();
  await drifts.endThoseOfOthers(new Set(vendors.map(({ vendor }) => vendor)), now());
  await Promise.all(
    vendors.map(async (vendor) => {
      try {
        // What is started while the list is made may be missing in it: it counts from before it was asked for.
        const listedAt = now();
        const listed = await answerWithin(vendor.list());
        const found: Drift[] = [];
        await ledger.record(() => {
          const hosts = ledger.hosts.filter((host) => host.vendor === vendor.vendor);
          const reconciled = reconcileVendor({
            ...{ listedAt, listed, hosts },
            orderOf: (there) => orderOfOrphan(vendor.vendor, there, offers),
          });
          found.push(...reconciled.drifts);
          return reconciled.events;
        }, now());
        await drifts.note(vendor.vendor, found, now());
        await stopUnwanted(vendor, listed, ledger);
        seen.add(vendor.vendor);
        ledger.vendorsSeenAt.set(vendor.vendor, listedAt);
      } catch (error) {
        logger.warn({ err: error, vendor: vendor.vendor }, 'the vendor did not say which hosts are ours');
      }
    }),
  );
  return seen;
};

/** Paid for and of no use: a second machine with the mark of a host that is known by another id, and a host that was given up for lost. */
const stopUnwanted = async (
  vendor: CloudVendor,
  listed: readonly VendorHost[],
  ledger: HostLedger,
): Promise<void> => {
  for (const there of listed) {
    const host = ledger.find(there.hostId);
    if (there.goneAt !== undefined || there.state === 'stopping' || host === undefined || !isPaid(host))
      continue;
    if (host.status === 'ended' || host.vendorHostId !== there.vendorHostId) await vendor.stop(there);
  }
};

/** What an orphan costs is read from the offer that it looks like; where there is none, from what the vendor says. */
const orderOfOrphan = (
  vendor: string,
  { hostId, instanceType, region, priceMicroUsdPerNodeHour = 0 }: VendorHost,
  offers: readonly Offer[],
): HostOrder => {
  const offer = offers.find(
    (known) => known.vendor === vendor && known.region === region && known.instanceType === instanceType,
  );
  const billing = offer?.billing ?? { priceMicroUsdPerNodeHour, incrementSeconds: 1, minimumSeconds: 0 };
  return {
    ...{ hostId, vendor, region, instanceType, billing },
    offerId: offer?.offerId ?? `${vendor}/${region}/-/${instanceType}/on-demand`,
    zone: offer?.zone ?? '',
    geo: offer?.geo ?? '',
    purchase: offer?.purchase ?? 'on-demand',
    gpuType: offer?.shape.gpuType ?? 'CPU',
    gpuCount: offer?.shape.gpuCount ?? 0,
  };
};
