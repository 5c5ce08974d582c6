import { refuse, type Decision, type Instant } from '@slipway/kernel';
import type { HostEvent, HostId } from './host.events.js';
import { isOver, isPaid, type Host } from './host.state.js';

export type WriteOff = Readonly<{
  hostId: HostId;
  by: string;
  reason: string;
  at: Instant;
  /** Until when it was paid for; left out: until now. */
  endedAt?: Instant;
  /** Vendors that are asked: they know better than any operator what became of their hosts. */
  asked: ReadonlySet<string>;
}>;

/** Ends a host whose vendor nobody can ask any more. */
export const writeOffHost = (
  host: Host | undefined,
  { hostId, by, reason, at, endedAt = at, asked }: WriteOff,
): Decision<HostEvent> => {
  if (host === undefined)
    return refuse(
      'not-found',
      'host-not-found',
      `The ledger has no host '${hostId}'; plan hosts lists its hosts.`,
    );
  if (isOver(host))
    return refuse('conflict', 'host-over', `The host ${hostId} is over since ${textOf(host.endedAt)}.`);
  if (asked.has(host.vendor))
    return refuse(
      'conflict',
      'vendor-asked',
      `The vendor of the host ${hostId} is ${host.vendor}, which is asked what became of it; a host is written off where ` +
        `its vendor has been taken out of the settings.`,
    );
  const [from, since] = isPaid(host) ? [host.billedFrom, 'was paid for'] : [host.askedAt, 'was asked for'];
  if (endedAt < from)
    return badMoment(endedAt, `must not be before ${textOf(from)}, since when the host ${hostId} ${since}`);
  if (endedAt > at) return badMoment(endedAt, `must not be in the future: it is ${textOf(at)} now`);
  return [{ type: 'host-ended', data: { hostId, how: 'written-off', endedAt, because: reason, by } }];
};

const badMoment = (endedAt: Instant, right: string): Decision<never> =>
  refuse('invalid', 'moment', `at is ${textOf(endedAt)}; it ${right}.`);

const textOf = (moment: Instant): string => new Date(moment).toISOString();
