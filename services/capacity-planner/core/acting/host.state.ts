import type { Instant } from '@slipway/kernel';
import { isFromTheFuture } from '../plan/planning-moment.js';
import type { HostEnd, HostEvent, HostId, HostOrder, RefusalCode } from './host.events.js';

/** What was paid per hour, from when on. */
export type PriceStep = Readonly<{ from: Instant; priceMicroUsdPerNodeHour: number }>;

type Ordered = HostOrder & Readonly<{ planId: string; askedAt: Instant }>;

/** At the vendor, and paid for since `billedFrom`. */
type Paid = Ordered & Readonly<{ vendorHostId: string; billedFrom: Instant; prices: readonly PriceStep[] }>;

type Notice = Readonly<{ takenAt?: Instant }>;

/** A host that is paid for has an id at its vendor and a price; one that is over is paid for no longer. */
export type Host =
  | (Ordered & Readonly<{ status: 'asked' }>)
  | (Ordered & Readonly<{ status: 'refused'; code: RefusalCode; because: string; endedAt: Instant }>)
  | (Paid & Notice & Readonly<{ status: 'starting' }>)
  | (Paid & Notice & Readonly<{ status: 'running'; joinedAt: Instant }>)
  | (Paid &
      Notice &
      Readonly<{ status: 'draining'; joinedAt: Instant; drainingSince: Instant; drainedBy: string }>)
  | (Paid &
      Notice &
      Readonly<{
        status: 'stopping';
        joinedAt?: Instant;
        stopAskedAt: Instant;
        drainedBy?: string;
        overdue?: true;
      }>)
  | (Paid & Readonly<{ status: 'ended'; how: HostEnd; joinedAt?: Instant; endedAt: Instant }>)
  /** Given up before the vendor answered: nothing was paid. */
  | (Ordered & Readonly<{ status: 'abandoned'; endedAt: Instant }>);

export type PaidHost = Extract<Host, { prices: readonly PriceStep[] }>;

export const isPaid = (host: Host): host is PaidHost => 'prices' in host;

/** Whether its life is over. */
export const isOver = (host: Host): host is Extract<Host, { status: 'refused' | 'ended' | 'abandoned' }> =>
  'endedAt' in host;

/** An order that neither an answer nor a listing has confirmed by then never became a host. */
const ACCEPTED_WITHIN_MS = 10 * 60_000;

export const isUnanswered = (host: Host, at: Instant): boolean =>
  host.status === 'asked' && (at - host.askedAt > ACCEPTED_WITHIN_MS || isFromTheFuture(host.askedAt, at));

export const evolveHost = (host: Host | undefined, event: HostEvent, at: Instant): Host => {
  switch (event.type) {
    case 'host-asked': {
      const { because: _, ...order } = event.data;
      return { ...order, status: 'asked', askedAt: at };
    }
    case 'orphan-found': {
      const { vendorHostId, billedFrom, ...order } = event.data;
      return {
        ...order,
        ...paidFrom(order, vendorHostId, billedFrom),
        ...{ planId: '', askedAt: billedFrom, status: 'stopping', stopAskedAt: at },
      };
    }
    case 'host-refused': {
      const { code, because } = event.data;
      return { ...ordered(known(host, event)), status: 'refused', code, because, endedAt: at };
    }
    case 'host-accepted': {
      const { vendorHostId, billedFrom } = event.data;
      const order = ordered(known(host, event));
      return { ...order, ...paidFrom(order, vendorHostId, billedFrom), status: 'starting' };
    }
    case 'host-joined':
      return { ...paid(host, event), status: 'running', joinedAt: at };
    case 'host-repriced': {
      const { from, priceMicroUsdPerNodeHour } = event.data;
      const before = paid(host, event);
      return { ...before, prices: [...before.prices, { from, priceMicroUsdPerNodeHour }] };
    }
    case 'host-drain-begun':
      return {
        ...joined(host, event),
        ...{ status: 'draining', drainingSince: at, drainedBy: event.data.planId },
      };
    case 'host-kept': {
      const { drainingSince: _, drainedBy: __, ...rest } = draining(host, event);
      return { ...rest, status: 'running' };
    }
    case 'host-preemption-noticed':
      return { ...paid(host, event), takenAt: event.data.takenAt } as Host;
    case 'host-stop-asked':
      return {
        ...paid(host, event),
        ...{ status: 'stopping', stopAskedAt: at },
        ...(event.data.planId !== undefined && { drainedBy: event.data.planId }),
        ...(event.data.overdue && { overdue: true }),
      };
    case 'host-ended': {
      const { how, endedAt } = event.data;
      const before = known(host, event);
      return isPaid(before)
        ? { ...before, status: 'ended', how, endedAt: Math.max(endedAt, before.billedFrom) }
        : { ...ordered(before), status: 'abandoned', endedAt };
    }
    default:
      return event satisfies never;
  }
};

const paidFrom = (order: HostOrder, vendorHostId: string, billedFrom: Instant) => ({
  vendorHostId,
  billedFrom,
  prices: [{ from: billedFrom, priceMicroUsdPerNodeHour: order.billing.priceMicroUsdPerNodeHour }],
});

const ordered = (host: Host): Ordered => {
  const { hostId, offerId, vendor, region, zone, geo, instanceType, purchase } = host;
  const { gpuType, gpuCount, billing, leadMs, planId, askedAt } = host;
  return {
    ...{ hostId, offerId, vendor, region, zone, geo, instanceType, purchase },
    ...{ gpuType, gpuCount, billing, planId, askedAt },
    ...(leadMs === undefined ? {} : { leadMs }),
  };
};

const known = (host: Host | undefined, event: HostEvent): Host => {
  if (host === undefined) throw new Error(`${event.type} of the unknown host ${event.data.hostId}`);
  return host;
};

const paid = (host: Host | undefined, event: HostEvent): PaidHost => {
  const present = known(host, event);
  if (!isPaid(present))
    throw new Error(`${event.type} of the host ${hostIdOf(event)}, which is ${present.status}`);
  return present;
};

const joined = (host: Host | undefined, event: HostEvent): Extract<Host, { status: 'running' }> => {
  const present = known(host, event);
  if (present.status !== 'running')
    throw new Error(`${event.type} of the host ${hostIdOf(event)}, which is ${present.status}`);
  return present;
};

const draining = (host: Host | undefined, event: HostEvent): Extract<Host, { status: 'draining' }> => {
  const present = known(host, event);
  if (present.status !== 'draining')
    throw new Error(`${event.type} of the host ${hostIdOf(event)}, which is ${present.status}`);
  return present;
};

const hostIdOf = (event: HostEvent): HostId => event.data.hostId;
