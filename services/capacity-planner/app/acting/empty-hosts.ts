import { stopHost, type Host } from '@slipway/capacity-planner-core';
import { eventsOf, type Instant, RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { HostLedger } from './host-ledger.js';
import type { LookAtWorkers } from './look-at-workers.js';

/** What runs longer than this on a host that is to go runs again elsewhere. */
const DRAIN_WITHIN_MS = 60 * 60_000;
/** So long before its vendor takes a host, what runs on it goes back into the queue. */
const REQUEUE_BEFORE_MS = 20_000;

type Draining = Extract<Host, { status: 'draining' }>;

/**
 * Has the scheduler empty the hosts that are to go, and gives back those that hold nothing any more. A worker that joins from a host
 * which its vendor was asked to stop already gets nothing either: it would be lost.
 */
export const emptyHosts = async (
  ledger: HostLedger,
  workers: Pick<LookAtWorkers, 'isPresent' | 'isLeaving'>,
  bus: Bus,
  at: Instant,
): Promise<void> => {
  for (const host of ledger.live) {
    const { hostId, status } = host;
    if (status === 'stopping' && workers.isPresent(hostId) && !workers.isLeaving(hostId))
      await bus.request('scheduler.drain-worker', {
        ...{ workerId: hostId, reason: 'its host is being stopped', inputs: 'requeue' },
      });
    if (status !== 'draining') continue;
    const left = await drain(host, bus, at);
    if (left > 0) continue;
    await ledger.record(() => {
      const newest = ledger.find(host.hostId);
      return newest?.status === 'draining' ? eventsOf(stopHost(newest, 'it is empty')) : [];
    }, at);
  }
};

const drain = async (host: Draining, bus: Bus, at: Instant): Promise<number> => {
  const isTaken = host.takenAt !== undefined && at > host.takenAt - REQUEUE_BEFORE_MS;
  const isOverdue = at - host.drainingSince > DRAIN_WITHIN_MS;
  try {
    const worker = await bus.request('scheduler.drain-worker', {
      workerId: host.hostId,
      reason:
        host.takenAt === undefined ? 'the plan needs its host no longer' : 'its vendor takes its host back',
      inputs: isTaken || isOverdue ? 'requeue' : 'finish',
    });
    return worker.status === 'lost' ? 0 : worker.containers;
  } catch (error) {
    if (error instanceof RefusedError && error.refusal.refused === 'not-found') return 0;
    throw error;
  }
};
