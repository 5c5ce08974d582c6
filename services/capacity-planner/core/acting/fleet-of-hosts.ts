import type { Instant } from '@slipway/kernel';
import type { OfferId } from '../catalogue/offer.js';
import type { Fleet, Holding, RunningContainers } from '../fleet/fleet.js';
import { paidUntil } from './host-cost.js';
import { isOver, isPaid, isUnanswered, type Host } from './host.state.js';

/** Counts for the planner: whether a host will serve, may serve soon, or only leaves. */
const roleOf = (host: Host): 'serves' | 'starts' | 'leaves' | 'gone' => {
  if (isOver(host)) return 'gone';
  if (host.status === 'running') return 'serves';
  if (host.status === 'draining' || host.status === 'stopping') return 'leaves';
  return 'takenAt' in host && host.takenAt !== undefined ? 'leaves' : 'starts';
};

/** The fleet that plans are made from, as the ledger has it. */
export const fleetOfHosts = (
  hosts: Iterable<Host>,
  at: Instant,
  running: readonly RunningContainers[] = [],
  seenAt: Instant = at,
): Fleet => {
  const byOffer = new Map<OfferId, Host[]>();
  for (const host of hosts) {
    // A vendor that is away leaves orders open: others have to serve meanwhile.
    if (roleOf(host) === 'gone' || isUnanswered(host, at)) continue;
    byOffer.set(host.offerId, [...(byOffer.get(host.offerId) ?? []), host]);
  }
  return {
    seenAt,
    holdings: [...byOffer]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([offerId, held]) => holdingOf(offerId, held, at)),
    running,
  };
};

const holdingOf = (offerId: OfferId, held: readonly Host[], at: Instant): Holding => {
  const count = (role: ReturnType<typeof roleOf>): number =>
    held.filter((host) => roleOf(host) === role).length;
  const ends = new Map<Instant, number>();
  for (const host of held)
    if (isPaid(host) && roleOf(host) !== 'leaves') {
      const until = paidUntil(host, at);
      // A begun second is paid, and of no use to a plan.
      if (until - at > 1_000) ends.set(until, (ends.get(until) ?? 0) + 1);
    }
  return {
    offerId,
    nodes: count('serves') + count('starts'),
    startingNodes: count('starts'),
    drainingNodes: count('leaves'),
    paidUntil: [...ends]
      .toSorted(([one], [other]) => one - other)
      .map(([end, nodes]) => ({ at: end, nodes })),
  };
};
