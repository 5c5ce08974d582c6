import { refuse, type Decision, type Instant } from '@slipway/kernel';
import type { HostEnd, HostEvent, HostOrder, RefusalCode } from './host.events.js';
import { isOver, isPaid, type Host } from './host.state.js';

/** Asking twice for one host is asking once. */
export const askHost = (
  host: Host | undefined,
  order: HostOrder,
  { planId, because }: Readonly<{ planId: string; because: string }>,
): Decision<HostEvent> =>
  host === undefined ? [{ type: 'host-asked', data: { ...order, planId, because } }] : [];

export const refuseHost = (host: Host, code: RefusalCode, because: string): Decision<HostEvent> =>
  host.status === 'asked' ? [{ type: 'host-refused', data: { hostId: host.hostId, code, because } }] : [];

/** The vendor may say so long after we asked, when its answer was lost: it counts all the same, and from its own moment. */
export const acceptHost = (
  host: Host,
  { vendorHostId, billedFrom }: Readonly<{ vendorHostId: string; billedFrom: Instant }>,
): Decision<HostEvent> => {
  if (isPaid(host))
    return host.vendorHostId === vendorHostId
      ? []
      : refuse(
          'conflict',
          'host-bought-twice',
          `the host ${host.hostId} is ${host.vendorHostId} at ${host.vendor}, and ${vendorHostId} carries its mark too`,
        );
  return [{ type: 'host-accepted', data: { hostId: host.hostId, vendorHostId, billedFrom } }];
};

/** One that its vendor gave notice of while it started is drained at once. */
export const joinHost = (host: Host): Decision<HostEvent> => {
  if (host.status !== 'starting') return [];
  const joined: HostEvent = { type: 'host-joined', data: { hostId: host.hostId } };
  return host.takenAt === undefined ? [joined] : [joined, drainTaken(host)];
};

export const repriceHost = (
  host: Host,
  price: Readonly<{ from: Instant; priceMicroUsdPerNodeHour: number }>,
): Decision<HostEvent> => {
  if (!isPaid(host) || isOver(host)) return [];
  const newest = host.prices.at(-1);
  const isNews = newest?.priceMicroUsdPerNodeHour !== price.priceMicroUsdPerNodeHour;
  return isNews && price.from >= (newest?.from ?? 0)
    ? [{ type: 'host-repriced', data: { hostId: host.hostId, ...price } }]
    : [];
};

/** One that has not joined yet holds nothing that could be drained: it is stopped. */
export const drainHost = (host: Host, planId: string, because: string): Decision<HostEvent> => {
  if (host.status === 'starting') return stopHost(host, because, planId);
  return host.status === 'running'
    ? [{ type: 'host-drain-begun', data: { hostId: host.hostId, planId, because } }]
    : [];
};

/** Not one that its vendor is about to take. */
export const keepHost = (host: Host, planId: string): Decision<HostEvent> =>
  host.status === 'draining' && host.takenAt === undefined
    ? [{ type: 'host-kept', data: { hostId: host.hostId, planId } }]
    : [];

/** A notice ends in a drain: nothing new goes to a host that will be taken. */
export const noticePreemption = (host: Host, takenAt: Instant): Decision<HostEvent> => {
  if (!isPaid(host) || isOver(host) || host.status === 'stopping' || host.takenAt !== undefined) return [];
  const noticed: HostEvent = { type: 'host-preemption-noticed', data: { hostId: host.hostId, takenAt } };
  return host.status === 'running' ? [noticed, drainTaken(host)] : [noticed];
};

const drainTaken = ({ hostId, planId }: Host): HostEvent => ({
  type: 'host-drain-begun',
  data: { hostId, planId, because: 'its vendor takes it back' },
});

/** `planId`: of the plan that lets it go, where one does. */
export const stopHost = (host: Host, because: string, planId?: string): Decision<HostEvent> =>
  isPaid(host) && !isOver(host) && host.status !== 'stopping'
    ? [
        {
          type: 'host-stop-asked',
          data: { hostId: host.hostId, because, ...(planId === undefined ? {} : { planId }) },
        },
      ]
    : [];

/** One that its vendor has not answered for yet is asked for no longer; should it come all the same, it is taken in then. */
export const giveUpHost = (host: Host, at: Instant, because: string): Decision<HostEvent> =>
  host.status === 'asked' ? endHost(host, { how: 'stopped', endedAt: at, because }) : [];

/** Stops a host from which no worker joined in its time. */
export const stopOverdueHost = (host: Host, because: string): Decision<HostEvent> =>
  host.status === 'starting'
    ? [{ type: 'host-stop-asked', data: { hostId: host.hostId, because, overdue: true } }]
    : [];

export const endHost = (
  host: Host,
  { how, endedAt, because }: Readonly<{ how: HostEnd; endedAt: Instant; because: string }>,
): Decision<HostEvent> =>
  isOver(host) ? [] : [{ type: 'host-ended', data: { hostId: host.hostId, how, endedAt, because } }];

/** An orphan is in the ledger from then on, so that what it cost is known. */
export const adoptOrphan = (
  host: Host | undefined,
  order: HostOrder,
  { vendorHostId, billedFrom }: Readonly<{ vendorHostId: string; billedFrom: Instant }>,
): Decision<HostEvent> =>
  host === undefined ? [{ type: 'orphan-found', data: { ...order, vendorHostId, billedFrom } }] : [];
