import type { WorkerView } from '@slipway/contracts';
import { eventsOf, type Instant } from '@slipway/kernel';
import type { Drift } from './drift.events.js';
import type { HostEvent } from './host.events.js';
import { joinHost, stopHost, stopOverdueHost } from './host.decide.js';
import { isOver, isPaid, type Host } from './host.state.js';

/** Beside its lead time: by then a worker has joined, or its host is of no use. */
const JOIN_GRACE_MS = 10 * 60_000;
/** A worker that was there and is silent for so long has a host that is of no use. */
const SILENT_FOR_MS = 3 * 60_000;

/** So many at once, and most of those that had joined: what lies between them and us has failed, rather than they. */
const SILENT_TOGETHER = 4;
/** Should they have failed all the same, they are given back then. */
const SILENT_TOGETHER_FOR_MS = 30 * 60_000;

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
  /** While planning is frozen no host is given back; what would be is told. */
  frozen: boolean;
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
    if (!seen.frozen) events.push(...(decision as readonly HostEvent[]));
    const message = seen.frozen ? `${why}; it stays, for planning is frozen` : why;
    drifts.push({ kind: 'paid-not-running', hostId: host.hostId, message });
  };
  const isSilent = silentOf(seen, present);
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
    if (host.status === 'draining' && seen.silentSince(host) !== undefined) {
      // What was begun goes on: there is nothing left on it to wait for.
      events.push(...eventsOf(stopHost(host, 'its worker is gone, and so is its work')));
      continue;
    }
    const silence = isSilent(host);
    if (silence === undefined) continue;
    if (silence.isHeld) drifts.push({ kind: 'paid-not-running', hostId: host.hostId, message: silence.why });
    else stop(host, silence.why);
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

/** Why a host with a silent worker is of no use, or undefined while it may be; held where most of them fell silent together. */
const silentOf = ({ at, hosts, silentSince }: WorkersSeen, present: ReadonlyMap<string, WorkerView>) => {
  const running = hosts.filter(({ status }) => status === 'running');
  const silent = running.filter((host) => !present.has(host.hostId) && silentSince(host) !== undefined);
  const together = silent.length >= SILENT_TOGETHER && 2 * silent.length > running.length;
  return (host: Host): Readonly<{ why: string; isHeld: boolean }> | undefined => {
    const since = silentSince(host);
    if (host.status !== 'running' || since === undefined || at - since <= SILENT_FOR_MS) return undefined;
    return together && at - since <= SILENT_TOGETHER_FOR_MS
      ? {
          why: `its worker is silent, as ${silent.length} of ${running.length} are: it stays for ${SILENT_TOGETHER_FOR_MS / 60_000} minutes, for what lies between them and the site may have failed`,
          isHeld: true,
        }
      : { why: `its worker was silent for ${SILENT_FOR_MS / 60_000} minutes`, isHeld: false };
  };
};

const isJustGone = (host: Host, at: Instant): boolean =>
  host.status === 'ended' && at - host.endedAt < JUST_GONE_MS;
