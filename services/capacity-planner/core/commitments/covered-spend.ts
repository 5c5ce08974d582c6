import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { hourlyMicroUsd, paidUntil } from '../acting/host-cost.js';
import { isOver, isPaid, type Host, type PaidHost } from '../acting/host.state.js';
import { isInForce } from './commitments-of.js';
import { addUpNodes } from './add-up-nodes.js';
import { coveredPerHour, type PaidNodes } from './cover-nodes.js';
import type { Place } from './covers.js';

const HOUR_MS = 3_600_000n;

/** Hosts as commitments see them, at what they cost now; those that nothing is paid for are left out. */
export const paidNodesOf = (hosts: Iterable<Host>): readonly PaidNodes[] =>
  [...hosts].flatMap((host) => (hourlyMicroUsd(host) === 0 ? [] : [nodeAt(host, hourlyMicroUsd(host))]));

/** One node at a price. */
export const nodeAt = (
  { vendor, region, instanceType, gpuType, purchase }: Place,
  microUsdPerNodeHour: number,
): PaidNodes => ({ vendor, region, instanceType, gpuType, purchase, nodes: 1, microUsdPerNodeHour });

/**
 * What commitments paid of the hosts' cost between two moments, an integer: from one start, end or change of price to the next, what
 * they cover of the hosts that are billed. What was paid for at the first moment already does not count again.
 */
export const coveredMicroUsd = (
  hosts: Iterable<Host>,
  commitments: readonly CommitmentTerms[],
  since: Instant,
  at: Instant,
): number => {
  if (commitments.length === 0) return 0;
  const changes = Map.groupBy(
    [...hosts].flatMap((host) => billedFrom(host, since, at)),
    ({ from }) => from,
  );
  const cuts = commitments.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  const moments = [...new Set([...changes.keys(), ...cuts])].toSorted((one, other) => one - other);
  let covered = 0n;
  let billed: readonly PaidNodes[] = [];
  moments.slice(1).forEach((until, index) => {
    const from = moments[index]!;
    billed = addUpNodes([...billed, ...(changes.get(from) ?? []).map(({ node }) => node)]);
    const owned = commitments.filter((commitment) => isInForce(commitment, from));
    if (owned.length === 0 || billed.length === 0) return;
    covered += BigInt(Math.round(coveredPerHour(owned, billed))) * BigInt(until - from);
  });
  return Number(covered / HOUR_MS);
};

/** From then on there is so much more of it to cover, or less. */
type Billed = Readonly<{ from: Instant; node: PaidNodes }>;

const billedFrom = (host: Host, since: Instant, at: Instant): readonly Billed[] => {
  if (!isPaid(host) || host.billedFrom > at) return [];
  const begins = host.billedFrom >= since ? host.billedFrom : paidUntilThen(host, since);
  const ends = paidUntil(host, at);
  const repriced = host.prices.map(({ from }) => from).filter((from) => begins < from && from < ends);
  const moments = begins < ends ? [begins, ...repriced, ends] : [];
  return moments.slice(1).flatMap((until, index): Billed[] => {
    const from = moments[index]!;
    const node = nodeAt(host, priceAt(host, from));
    return [
      { from, node },
      { from: until, node: { ...node, nodes: -1 } },
    ];
  });
};

/** Until when it was paid for as it stood at an earlier moment, also where it has ended since. */
const paidUntilThen = (host: PaidHost, then: Instant): Instant =>
  paidUntil(isOver(host) ? { ...host, endedAt: Math.min(host.endedAt, then) } : host, then);

const priceAt = ({ prices }: PaidHost, at: Instant): number =>
  (prices.findLast(({ from }) => from <= at) ?? prices[0])?.priceMicroUsdPerNodeHour ?? 0;
