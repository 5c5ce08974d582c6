import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { isInForce } from '../commitments/commitments-of.js';
import { uncoveredPerHour, type PaidNodes } from '../commitments/cover-nodes.js';
import { coveredMicroUsd, nodeAt } from '../commitments/covered-spend.js';
import { hourlyMicroUsd } from './host-cost.js';
import { isUnanswered, type Host } from './host.state.js';
import { spentMicroUsd } from './spent.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** What hosts cost per hour now, and so far in the day of UTC that `at` lies in, beside what commitments cover. */
export type SpendNow = Readonly<{
  hourlyMicroUsd: number;
  /** The same with some nodes more. */
  hourlyWith: (more: readonly PaidNodes[]) => number;
  /** The same without some of the hosts. */
  hourlyWithout: (leaving: ReadonlySet<Host>) => number;
  spentTodayMicroUsd: number;
  hoursLeftToday: number;
}>;

export const spendNow = (
  hosts: readonly Host[],
  at: Instant,
  commitments: readonly CommitmentTerms[] = [],
): SpendNow => {
  const dayStart = Math.floor(at / DAY_MS) * DAY_MS;
  const inForce = commitments.filter((commitment) => isInForce(commitment, at));
  const paid = hosts.map((host) => nodeAt(host, hourlyOf(host, at)));
  const hourlyOfNodes = (nodes: readonly PaidNodes[]): number => Math.round(uncoveredPerHour(inForce, nodes));
  const hourlyWith = (more: readonly PaidNodes[]): number => hourlyOfNodes([...paid, ...more]);
  return {
    hourlyMicroUsd: hourlyWith([]),
    hourlyWith,
    hourlyWithout: (leaving) => hourlyOfNodes(paid.filter((_, index) => !leaving.has(hosts[index]!))),
    spentTodayMicroUsd:
      spentMicroUsd(hosts, dayStart, at) - coveredMicroUsd(hosts, commitments, dayStart, at),
    hoursLeftToday: (dayStart + DAY_MS - at) / HOUR_MS,
  };
};

/** What the whole day costs if the fleet goes on as it is. */
export const dayMicroUsd = ({
  hourlyMicroUsd: hourly,
  spentTodayMicroUsd,
  hoursLeftToday,
}: Omit<SpendNow, 'hourlyWith' | 'hourlyWithout'>): number =>
  spentTodayMicroUsd + Math.ceil(hourly * hoursLeftToday);

/** One that was asked for will be paid as soon as its vendor answers; one that stays unanswered is reckoned with no longer, as in plans. */
const hourlyOf = (host: Host, at: Instant): number =>
  isUnanswered(host, at)
    ? 0
    : host.status === 'asked'
      ? host.billing.priceMicroUsdPerNodeHour
      : hourlyMicroUsd(host);
