import { randomBytes } from 'node:crypto';
import {
  askHost,
  drainHost,
  giveUpHost,
  hostIdFrom,
  keepHost,
  stopHost,
  type Change,
  type Host,
  type HostOrder,
  type Offer,
} from '@slipway/capacity-planner-core';
import { eventsOf, type Instant } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import type { HostLedger } from './host-ledger.js';

type Parts = Readonly<{ ledger: HostLedger; now: () => Instant; logger: Logger }>;

/** Writes a change down, before anybody is asked for it. */
export const writeChange = async (
  change: Change,
  planId: string,
  { ledger, now, logger }: Parts,
): Promise<void> => {
  const { because } = change;
  const newest = (host: Host): Host => ledger.find(host.hostId) ?? host;
  const events = await ledger.record(() => {
    switch (change.action) {
      case 'start':
        return eventsOf(askHost(undefined, orderFor(change.offer), { planId, because }));
      case 'convert':
        return eventsOf(keepHost(newest(change.host), planId));
      case 'drain':
        return eventsOf(drainHost(newest(change.host), planId, because));
      case 'stop': {
        const host = newest(change.host);
        return eventsOf(
          host.status === 'asked' ? giveUpHost(host, now(), because) : stopHost(host, because, planId),
        );
      }
      default:
        return change satisfies never;
    }
  }, now());
  for (const { type, data } of events) logger.info({ hostId: data.hostId, planId, because }, type);
};

const orderFor = (offer: Offer): HostOrder => ({
  hostId: hostIdFrom(randomBytes(6).toString('hex')),
  ...{ offerId: offer.offerId, vendor: offer.vendor, region: offer.region, zone: offer.zone, geo: offer.geo },
  ...{ instanceType: offer.instanceType, purchase: offer.purchase, billing: offer.billing },
  ...{ gpuType: offer.shape.gpuType, gpuCount: offer.shape.gpuCount },
  leadMs: offer.behaviour.leadMs,
});
