import { isRefusal, type Decision, type Instant } from '@slipway/kernel';
import type { VendorHost } from './cloud-vendor.js';
import type { Drift } from './drift.events.js';
import type { HostEvent, HostOrder } from './host.events.js';
import { acceptHost, adoptOrphan, endHost, noticePreemption, repriceHost } from './host.decide.js';
import { isOver, isPaid, isUnanswered, type Host, type PaidHost } from './host.state.js';

/** A request may be on its way, a listing older than it, or cut short: what is missing for less than that is not gone. */
const LISTED_WITHIN_MS = 60_000;

export type Reconciled = Readonly<{ events: readonly HostEvent[]; drifts: readonly Drift[] }>;

/** One listing of one vendor beside the hosts that the ledger has there. */
export type Listing = Readonly<{
  listedAt: Instant;
  listed: readonly VendorHost[];
  hosts: readonly Host[];
  /** The first of the listings in a row, this one the last, that lacked a host. */
  missingSince: (host: Host) => Instant;
  /** Whether its worker was there when the scheduler was last asked. */
  isAtWork: (host: Host) => boolean;
  /** What a host that the ledger does not know was ordered as, read from the listing. */
  orderOf: (listed: VendorHost) => HostOrder;
}>;

/**
 * Brings the ledger to what the vendor says: hosts that came though their answer was lost, hosts that are gone, taken or dearer,
 * and orphans: paid for by us and known to nobody. Run again on the same listing it finds nothing.
 */
export const reconcileVendor = (listing: Listing): Reconciled => {
  const { listedAt, listed, hosts, orderOf } = listing;
  const events: HostEvent[] = [];
  const drifts: Drift[] = [];
  const known = new Map(hosts.map((host) => [host.hostId, host]));
  const note = (decision: Decision<HostEvent>, drift?: Drift): void => {
    if (isRefusal(decision)) return;
    events.push(...decision);
    if (drift !== undefined) drifts.push(drift);
  };
  for (const there of listed) {
    const host = known.get(there.hostId);
    if (there.goneAt !== undefined) gone(host, there, there.goneAt, note);
    else if (host === undefined)
      note(adoptOrphan(undefined, orderOf(there), there), {
        ...{ kind: 'orphan', hostId: there.hostId },
        message: `${there.vendorHostId} carries our mark and no ledger entry: it is stopped`,
      });
    else if (isPaid(host) && host.vendorHostId !== there.vendorHostId)
      drifts.push({
        ...{ kind: 'bought-twice', hostId: host.hostId },
        message: `${there.vendorHostId} carries the mark of ${host.vendorHostId}: it is to be stopped`,
      });
    else if (host.status === 'ended')
      drifts.push({
        ...{ kind: 'came-back', hostId: host.hostId },
        message: `${there.vendorHostId} is listed again, though it had gone: it is to be stopped`,
      });
    else if (host.status === 'asked' || !isPaid(host))
      note(acceptHost(host, there), {
        ...{ kind: 'came-late', hostId: host.hostId },
        message: `${there.vendorHostId} came, though the answer to its start was lost`,
      });
    else {
      if (there.takenAt !== undefined) note(noticePreemption(host, there.takenAt));
      const price = there.priceMicroUsdPerNodeHour;
      if (price !== undefined) note(repriceHost(host, { from: listedAt, priceMicroUsdPerNodeHour: price }));
    }
  }
  const present = new Set(listed.map(({ hostId }) => hostId));
  for (const host of hosts) if (!present.has(host.hostId)) missing(host, listing, note);
  return { events, drifts };
};

type Note = (decision: Decision<HostEvent>, drift?: Drift) => void;

/** Its vendor says until when a host was paid for: to the moment, however long nobody looked. */
const gone = (
  host: Host | undefined,
  { vendorHostId, takenAt }: VendorHost,
  goneAt: Instant,
  note: Note,
): void => {
  if (host === undefined || !isPaid(host) || isOver(host)) return;
  // A second machine with its mark is gone, not the host.
  if (host.vendorHostId !== vendorHostId) return;
  if (host.status === 'stopping')
    return note(
      endHost(host, { how: endOf(host), endedAt: goneAt, because: 'its vendor says that it is gone' }),
    );
  endUnasked(takenAt === undefined ? host : { ...host, takenAt }, goneAt, note);
};

const missing = (host: Host, { listedAt, missingSince, isAtWork }: Listing, note: Note): void => {
  if (isOver(host)) return;
  if (host.status === 'asked') {
    if (isUnanswered(host, listedAt))
      note(endHost(host, { how: 'never-joined', endedAt: listedAt, because: 'its vendor never listed it' }), {
        ...{ kind: 'never-accepted', hostId: host.hostId },
        message: `${host.vendor} lists nothing for it ${Math.floor((listedAt - host.askedAt) / 60_000)} minutes after it was asked`,
      });
    return;
  }
  if (host.status === 'stopping')
    return note(
      endHost(host, { how: endOf(host), endedAt: listedAt, because: 'its vendor lists it no more' }),
    );
  if (listedAt - host.billedFrom < LISTED_WITHIN_MS) return;
  const since = missingSince(host);
  // Where the vendor said when it would take the host, that is when it was last paid for.
  if (host.takenAt !== undefined && host.takenAt <= listedAt)
    return endUnasked(host, Math.min(since, host.takenAt), note);
  const isLong = listedAt - since >= LISTED_WITHIN_MS;
  if (!('joinedAt' in host)) {
    if (isLong) endUnasked(host, since, note);
  } else if (!isAtWork(host)) endUnasked(host, since, note);
  // Its worker's word is better than a listing: a host that is called gone is stopped, at work or not, when it is listed again.
  else if (isLong)
    note([], {
      ...{ kind: 'running-unpaid', hostId: host.hostId },
      message: `${host.vendor} lists ${host.vendorHostId} no more, and its worker is at work`,
    });
};

const endUnasked = (host: Exclude<PaidHost, { status: 'ended' }>, endedAt: Instant, note: Note): void => {
  const taken = host.takenAt !== undefined;
  note(
    endHost(host, {
      how: taken ? 'preempted' : 'lost',
      endedAt,
      because: taken ? 'its vendor took it back' : 'its vendor lists it no more, without a word',
    }),
    {
      ...{ kind: taken ? 'taken' : 'gone', hostId: host.hostId },
      message: `${host.vendor} lists ${host.vendorHostId} no more`,
    },
  );
};

const endOf = (host: Extract<Host, { status: 'stopping' }>): 'stopped' | 'preempted' | 'never-joined' => {
  if (host.takenAt !== undefined) return 'preempted';
  return host.overdue ? 'never-joined' : 'stopped';
};
