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

/** What a fleet costs beside what commitments cover. */
export type Bill = Readonly<{
  /** Now. */
  hourlyMicroUsd: number;
  /** The day of UTC as a whole, if the fleet goes on as it is until its end while commitments begin and end. */
  dayMicroUsd: number;
}>;

/** What hosts cost now, and the same with some nodes more or without some of the hosts. */
export type SpendNow = Bill &
  Readonly<{
    with: (more: readonly PaidNodes[]) => Bill;
    without: (leaving: ReadonlySet<Host>) => Bill;
    /** So far in the day of UTC that it is. */
    spentTodayMicroUsd: number;
  }>;

export const spendNow = (
  hosts: readonly Host[],
  at: Instant,
  commitments: readonly CommitmentTerms[] = [],
): SpendNow => {
  const dayStart = Math.floor(at / DAY_MS) * DAY_MS;
  const spentTodayMicroUsd =
    spentMicroUsd(hosts, dayStart, at) - coveredMicroUsd(hosts, commitments, dayStart, at);
  const rest = spansUntil(dayStart + DAY_MS, at, commitments);
  const paid = hosts.map((host) => nodeAt(host, hourlyOf(host, at)));
  const billOf = (nodes: readonly PaidNodes[]): Bill => {
    const hourly = rest.map(({ inForce }) => Math.round(uncoveredPerHour(inForce, nodes)));
    const toCome = rest.reduce((sum, { hours }, index) => sum + hours * hourly[index]!, 0);
    return { hourlyMicroUsd: hourly[0]!, dayMicroUsd: spentTodayMicroUsd + Math.ceil(toCome) };
  };
  return {
    ...billOf(paid),
    with: (more) => billOf([...paid, ...more]),
    without: (leaving) => billOf(paid.filter((_, index) => !leaving.has(hosts[index]!))),
    spentTodayMicroUsd,
  };
};

/** From now until then, from one start or end of a commitment to the next: how long, and which are in force. */
const spansUntil = (until: Instant, at: Instant, commitments: readonly CommitmentTerms[]) => {
  const cuts = commitments
    .flatMap(({ startsAt, endsAt }) => [startsAt, endsAt])
    .filter((cut) => at < cut && cut < until);
  const moments = [...new Set([at, ...cuts, until])].toSorted((one, other) => one - other);
  return moments.slice(1).map((end, index) => {
    const from = moments[index]!;
    const inForce = commitments.filter((commitment) => isInForce(commitment, from));
    return { hours: (end - from) / HOUR_MS, inForce };
  });
};

/** One that was asked for will be paid as soon as its vendor answers; one that stays unanswered is reckoned with no longer, as in plans. */
const hourlyOf = (host: Host, at: Instant): number =>
  isUnanswered(host, at)
    ? 0
    : host.status === 'asked'
      ? host.billing.priceMicroUsdPerNodeHour
      : hourlyMicroUsd(host);
