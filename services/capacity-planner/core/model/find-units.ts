import { matchesFilter } from '../catalogue/matches-filter.js';
import type { Offer, OfferId } from '../catalogue/offer.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { OfferPrices } from '../prices/offer-prices.js';
import type { OfferUse } from './find-cells.js';
import { isAway } from './is-away.js';
import { pinKey } from './pin-rules.js';
import type { PreparedPeriod, Unit } from './prepared.js';
import { nodeSlots } from './slots.js';

/** More nodes of one offer than this are never wanted; a finite bound keeps the solver's numbers small. */
export const UNBOUNDED_NODES = 10_000;

/** A node that is paid for over this share of the first period is held in it: to let it go would save less than it seems to. */
const PAID_SHARE = 0.5;

type Finding = Readonly<{
  problem: PlanningProblem;
  uses: readonly OfferUse[];
  cellOf: ReadonlyMap<string, number>;
  prices: ReadonlyMap<OfferId, OfferPrices>;
  periods: readonly PreparedPeriod[];
  merging: 'on' | 'off';
}>;

/**
 * Merges offers that are equal in all that a plan sees: interchangeable columns make a solver search the same plan many times. Where
 * nodes are on their way, it matters whose go first: such an offer stays a unit of its own.
 */
export const findUnits = ({ problem, uses, cellOf, prices, periods, merging }: Finding): Unit[] => {
  const holdings = new Map(problem.fleet.holdings.map((holding) => [holding.offerId, holding]));
  const committed = new Map<OfferId, string>();
  for (const { kind, commitmentId, ...rest } of problem.commitments)
    if (kind === 'nodes' && 'offerIds' in rest)
      for (const offerId of rest.offerIds)
        committed.set(offerId, `${committed.get(offerId) ?? ''}+${commitmentId}`);
  const isExcluded = (offer: Offer): boolean =>
    (problem.policy.excluded ?? []).some((filter) => matchesFilter(offer, filter));
  const merged = new Map<string, { use: OfferUse; members: Unit['members'][number][] }>();
  for (const use of uses) {
    const { offer } = use;
    const holding = holdings.get(offer.offerId);
    const held = holding?.nodes ?? 0;
    const starting = Math.min(held, holding?.startingNodes ?? 0);
    const key =
      merging === 'on' && starting === 0
        ? unitKey(offer, use.signature, prices.get(offer.offerId)!, problem, committed.get(offer.offerId))
        : offer.offerId;
    const away = isAway(problem, offer.vendor);
    const member = {
      offer,
      held,
      starting,
      cap:
        away || isExcluded(offer) ? held : Math.max(offer.behaviour.availableNodes ?? UNBOUNDED_NODES, held),
      paid: periods.map(({ startsAt, lengthMs }, period) =>
        Math.min(
          held,
          away
            ? held
            : (holding?.paidUntil ?? [])
                .filter(({ at }) => at >= startsAt + lengthMs * (period === 0 ? PAID_SHARE : 1))
                .reduce((sum, { nodes }) => sum + nodes, 0),
        ),
      ),
    };
    const entry = merged.get(key);
    if (entry) entry.members.push(member);
    else merged.set(key, { use, members: [member] });
  }
  return [...merged.values()].map(({ use, members }, index) => ({
    index,
    cell: cellOf.get(use.signature)!,
    members,
    offer: use.offer,
    slots: nodeSlots(use.offer.shape, problem.policy.cpuSlot),
    held: members.reduce((sum, { held }) => sum + held, 0),
    starting: members.reduce((sum, { starting }) => sum + starting, 0),
    cap: members.reduce((sum, { cap }) => sum + cap, 0),
    paid: periods.map((_, period) => members.reduce((sum, { paid }) => sum + (paid[period] ?? 0), 0)),
    prices: prices.get(use.offer.offerId)!,
    open: periods.map(({ startsAt, lengthMs }) => isOpen(use.offer, startsAt, startsAt + lengthMs)),
    market: -1,
  }));
};

const isOpen = ({ window }: Offer, from: number, until: number): boolean =>
  window === undefined || (window.startsAt <= from && until <= window.endsAt);

/** All that quotas, markets, shares, commitments and billing can tell apart. */
const unitKey = (
  offer: Offer,
  signature: string,
  prices: OfferPrices,
  { policy }: PlanningProblem,
  commitment: string | undefined,
): string =>
  [
    signature,
    offer.vendor,
    offer.region,
    offer.purchase,
    nodeSlots(offer.shape, policy.cpuSlot),
    ...Object.values(prices),
    offer.behaviour.leadMs,
    offer.behaviour.preemptionsPerNodeHour,
    offer.billing.minimumSeconds,
    offer.window?.startsAt,
    offer.window?.endsAt,
    commitment,
    pinKey(offer, policy),
  ].join('|');
