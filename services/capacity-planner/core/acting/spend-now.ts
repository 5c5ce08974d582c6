import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { isInForce } from '../commitments/commitments-of.js';
import { addUpNodes } from '../commitments/add-up-nodes.js';
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

/** The day is reckoned where it is asked for: that takes a look at each start and end of a commitment in it. */
export const spendNow = (
  hosts: readonly Host[],
  at: Instant,
  commitments: readonly CommitmentTerms[] = [],
): SpendNow => {
  const dayStart = Math.floor(at / DAY_MS) * DAY_MS;
  const spentToday = once(
    () => spentMicroUsd(hosts, dayStart, at) - coveredMicroUsd(hosts, commitments, dayStart, at),
  );
  const spans = spansUntil(dayStart + DAY_MS, at, commitments);
  const nodes = new Map(hosts.map((host) => [host, nodeAt(host, hourlyOf(host, at))]));
  const paid = addUpNodes(nodes.values());
  const billOf = (all: readonly PaidNodes[]): Bill => {
    const hourlyIn = ({ inForce }: Span): number => Math.round(uncoveredPerHour(inForce, all));
    const day = once(() => {
      const toCome = spans.reduce((sum, span) => sum + span.hours * hourlyIn(span), 0);
      return spentToday() + Math.ceil(toCome);
    });
    return {
      hourlyMicroUsd: hourlyIn(spans[0]!),
      get dayMicroUsd() {
        return day();
      },
    };
  };
  const now = billOf(paid);
  return {
    hourlyMicroUsd: now.hourlyMicroUsd,
    get dayMicroUsd() {
      return now.dayMicroUsd;
    },
    get spentTodayMicroUsd() {
      return spentToday();
    },
    with: (more) => billOf(addUpNodes([...paid, ...more])),
    without: (leaving) => {
      const gone = [...leaving].flatMap((host) => nodes.get(host) ?? []);
      return billOf(addUpNodes([...paid, ...gone.map((node) => ({ ...node, nodes: -node.nodes }))]));
    },
  };
};

const once = (reckon: () => number): (() => number) => {
  let known: number | undefined;
  return () => (known ??= reckon());
};

type Span = Readonly<{ hours: number; inForce: readonly CommitmentTerms[] }>;

/** From now until then, from one start or end of a commitment to the next: how long, and which are in force. */
const spansUntil = (
  until: Instant,
  at: Instant,
  commitments: readonly CommitmentTerms[],
): readonly Span[] => {
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
