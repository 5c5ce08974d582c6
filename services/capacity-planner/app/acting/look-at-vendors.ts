import {
  isOver,
  reconcileVendor,
  type CloudVendor,
  type Drift,
  type Host,
  type HostId,
  type Offer,
  type VendorHost,
} from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import { answerWithin } from './answer-within.js';
import type { DriftLedger } from './drift-ledger.js';
import type { HostLedger } from './host-ledger.js';
import type { LookAtWorkers } from './look-at-workers.js';
import { orderOfOrphan } from './order-of-orphan.js';
import { stopUnwanted } from './stop-unwanted.js';

export type LookParts = Readonly<{
  vendors: readonly CloudVendor[];
  ledger: HostLedger;
  workers: Pick<LookAtWorkers, 'isAtWork'>;
  drifts: DriftLedger;
  now: () => Instant;
  logger: Logger;
}>;

/** The vendors' listings beside the ledger, from one look to the next. */
export class LookAtVendors {
  /** The first of the listings in a row that lacked a host. */
  private readonly missingSince = new Map<HostId, Instant>();

  constructor(private readonly parts: LookParts) {}

  /**
   * Asks every vendor which hosts of ours it has, and brings the ledger to what they say. Answers the vendors that answered; the
   * hosts of the others are as the ledger last knew them.
   */
  async look(offers: readonly Offer[]): Promise<ReadonlySet<string>> {
    const { vendors, ledger, drifts, now, logger } = this.parts;
    const seen = new Set<string>();
    await drifts.noteUnasked(ledger.hosts, new Set(vendors.map(({ vendor }) => vendor)), now());
    await Promise.all(
      vendors.map(async (vendor) => {
        try {
          await this.lookAt(vendor, offers);
          seen.add(vendor.vendor);
        } catch (error) {
          logger.warn({ err: error, vendor: vendor.vendor }, 'the vendor did not say which hosts are ours');
        }
      }),
    );
    return seen;
  }

  private async lookAt(vendor: CloudVendor, offers: readonly Offer[]): Promise<void> {
    const { ledger, drifts, workers, now, logger } = this.parts;
    // What is started while the list is made may be missing in it: it counts from before it was asked for.
    const listedAt = now();
    const listed = await answerWithin(vendor.list());
    const found: Drift[] = [];
    await ledger.record(() => {
      const hosts = ledger.hosts.filter((host) => host.vendor === vendor.vendor);
      this.noteMissing(hosts, listed, listedAt);
      const reconciled = reconcileVendor({
        ...{ listedAt, listed, hosts },
        missingSince: ({ hostId }) => this.missingSince.get(hostId) ?? listedAt,
        isAtWork: (host) => workers.isAtWork(host),
        orderOf: (there) => orderOfOrphan(vendor.vendor, there, offers),
      });
      found.push(...reconciled.drifts);
      return reconciled.events;
    }, now());
    ledger.vendorsSeenAt.set(vendor.vendor, listedAt);
    await drifts.note(vendor.vendor, found, now());
    await stopUnwanted(vendor, listed, ledger, logger);
  }

  private noteMissing(hosts: readonly Host[], listed: readonly VendorHost[], listedAt: Instant): void {
    const present = new Set(listed.map(({ hostId }) => hostId));
    for (const host of hosts) {
      if (isOver(host) || present.has(host.hostId)) this.missingSince.delete(host.hostId);
      else if (!this.missingSince.has(host.hostId)) this.missingSince.set(host.hostId, listedAt);
    }
  }
}
