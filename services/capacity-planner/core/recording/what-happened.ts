import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { isOver, isPaid, type Host } from '../acting/host.state.js';
import { spentMicroUsd } from '../acting/spent.js';
import { coveredMicroUsd } from '../commitments/covered-spend.js';
import type { Happened } from '../backtest/trace/trace.js';
import { wasTaken } from './record-hosts.js';

/** What hosts really cost and did between two moments, and what of it these commitments paid; both moments may be long ago. */
export const whatHappened = (
  hosts: readonly Host[],
  from: Instant,
  until: Instant,
  commitments: readonly CommitmentTerms[] = [],
): Happened => {
  const within = (at: Instant): boolean => at >= from && at < until;
  const count = (holds: (host: Host) => boolean): number => hosts.filter(holds).length;
  const ended = hosts.filter((host) => isOver(host) && within(host.endedAt));
  const billed = hosts.flatMap((host) => asOf(host, until));
  return {
    costMicroUsd: spentMicroUsd(billed, from, until),
    ...(commitments.length === 0
      ? {}
      : { coveredMicroUsd: coveredMicroUsd(billed, commitments, from, until) }),
    starts: count((host) => isPaid(host) && within(host.billedFrom)),
    stops: ended.filter((host) => host.status === 'ended' && !wasTaken(host)).length,
    refused: ended.filter(({ status }) => status === 'refused').length,
    taken: ended.filter(wasTaken).length,
  };
};

/** The host as it was billed until a moment; nothing before it was begun. */
const asOf = (host: Host, until: Instant): readonly Host[] => {
  if (!isPaid(host)) return [];
  if (host.billedFrom >= until) return [];
  return host.status === 'ended' ? [{ ...host, endedAt: Math.min(host.endedAt, until) }] : [host];
};
