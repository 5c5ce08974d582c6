import type { WorkerView } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Drift } from './drift.events.js';
import type { HostEvent } from './host.events.js';
import { joinHost, stopHost, stopOverdueHost } from './host.decide.js';
import { isOver, isPaid, type Host } from './host.state.js';

/** Beside its lead time: by then a worker has joined, or its host is of no use. */
const JOIN_GRACE_MS = 10 * 60_000;
/** A worker that was there and is silent for so long has a host that is of no use. */
const SILENT_FOR_MS = 3 * 60_000;

/** A worker is known for a while after its host has gone. */
const JUST_GONE_MS = 60_000;

export type WorkersSeen = Readonly<{
  at: Instant;
  hosts: readonly Host[];
  workers: readonly WorkerView[];
  /** Since when a host's worker is not there, where it was; kept from one look to the next. */
  silentSince: (host: Host) => Instant | undefined;
  leadMsOf: (host: Host) => number;
  /** Whether a worker was started for a host that was bought; a site's own machine was not. */
  isBought: (worker: WorkerView) => boolean;
}>;

/** What the scheduler's workers say of the hosts: who joined, who is paid for and not running, who runs and is not paid for. */
export const reconcileWorkers = (
  seen: WorkersSeen,
): Readonly<{ events: readonly HostEvent[]; drifts: readonly Drift[] }> => {
  const { at, hosts, workers } = seen;
  const present = new Map(
    workers.filter(({ status }) => status === 'present').map((worker) => [worker.workerId, worker]),
  );
  const events: HostEvent[] = [];
  const drifts: Drift[] = [];
  const stop = (host: Host, why: string, decide = stopHost): void => {
    const decision = decide(host, why);
    if (!Array.isArray(decision) || decision.length === 0) return;
    events.push(...(decision as readonly HostEvent[]));
    drifts.push({ kind: 'paid-not-running', hostId: host.hostId, message: why });
  };
  for (const host of hosts) {
    if (isOver(host) || !isPaid(host)) continue;
    if (present.has(host.hostId)) {
      events.push(...(joinHost(host) as readonly HostEvent[]));
      continue;
    }
    if (host.status === 'starting' && at - host.billedFrom > seen.leadMsOf(host) + JOIN_GRACE_MS)
      stop(
        host,
        `no worker joined from it within ${JOIN_GRACE_MS / 60_000} minutes beyond its lead time`,
        stopOverdueHost,
      );
    const silentSince = seen.silentSince(host);
    if (host.status === 'draining' && silentSince !== undefined)
      stop(host, 'its worker is gone, and so is its work');
    else if (host.status === 'running' && silentSince !== undefined && at - silentSince > SILENT_FOR_MS)
      stop(host, `its worker was silent for ${SILENT_FOR_MS / 60_000} minutes`);
  }
  const known = new Set(
    hosts
      .filter((host) => (isPaid(host) && !isOver(host)) || isJustGone(host, at))
      .map(({ hostId }) => hostId),
  );
  for (const worker of present.values())
    if (seen.isBought(worker) && !known.has(worker.workerId))
      drifts.push({
        ...{ kind: 'running-unpaid', hostId: worker.workerId },
        message: `the worker ${worker.workerId} runs, and no vendor bills us for its host`,
      });
  return { events, drifts };
};

const isJustGone = (host: Host, at: Instant): boolean =>
  host.status === 'ended' && at - host.endedAt < JUST_GONE_MS;
