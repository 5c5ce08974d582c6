import { refuse, type Instant, type Refusal } from '@slipway/kernel';
import type { Quota } from '../../catalogue/offer.js';
import type { EgressPrices, WaitPrices } from '../../policy.js';
import type { Period } from '../../simulation/period.js';
import { countsByStep } from './counts-by-step.js';
import { historyOfOffer } from './history-of-offer.js';
import type { MarketEvent, RecordedEvent } from './recorded-event.js';

export type ReplayRequest = Readonly<{
  name: string;
  /** The first step begins here; `warmUpSteps` of the steps until `until` are run and not accounted. */
  from: Instant;
  until: Instant;
  stepMs: number;
  warmUpSteps: number;
  /** Of offers that nobody tried, so many nodes are taken to be had where their catalogue does not say. */
  untriedNodes: number;
  seed: number;
  quotas?: readonly Quota[];
  waitPrices: WaitPrices;
  egressPrices: EgressPrices;
}>;

const TURNOVER = { interactive: 0.03, batch: 0, background: 0.03 } as const;
/** What forecasts look back on. */
const LONGEST_PAST_MS = 28 * 86_400_000;

/**
 * A period made of what was recorded: another policy, or the same one with other settings, can be run in it. Events before `from` are
 * the past that a forecaster may look back on; a value holds until the next one, a count that nobody made before the first is 0.
 */
export const recordedPeriod = (
  events: readonly RecordedEvent[],
  request: ReplayRequest,
): Period | Refusal => {
  const { name, from, until, stepMs, warmUpSteps, untriedNodes, seed, waitPrices, egressPrices } = request;
  const steps = Math.floor((until - from) / stepMs);
  if (steps <= warmUpSteps)
    return refuse(
      'invalid',
      'period-too-short',
      `the period has ${steps} steps of ${stepMs} ms, of which ${warmUpSteps} warm up; it needs more than these`,
    );
  const ordered = events.toSorted((a, b) => a.at - b.at);
  const offers = latest(ordered, 'offer-listed', ({ offer }) => [offer.offerId, offer]);
  const groups = latest(ordered, 'group-seen', ({ group }) => [group.groupId, group]);
  if (offers.length === 0 || groups.length === 0)
    return refuse(
      'invalid',
      'nothing-recorded',
      `the record has ${offers.length} offers and ${groups.length} groups; it needs one of each`,
    );
  const counted = Map.groupBy(
    ordered.filter((event) => event.type === 'demand-counted'),
    ({ groupId }) => groupId,
  );
  const market = Map.groupBy(ordered.filter(isOfMarket), ({ offerId }) => offerId);
  const first = ordered.find(({ type }) => type === 'demand-counted')?.at ?? from;
  const pastMs = Math.min(Math.max(0, from - first), LONGEST_PAST_MS);
  const pastSteps = Math.ceil(pastMs / stepMs);
  return {
    ...{ name, seed, startsAt: from, stepMs, steps, warmUpSteps, offers, groups, pastSteps },
    histories: offers.map((offer) =>
      historyOfOffer(offer, market.get(offer.offerId) ?? [], { from, stepMs, steps }, untriedNodes),
    ),
    quotas: request.quotas ?? [],
    demand: groups.map(({ groupId }) =>
      countsByStep(counted.get(groupId) ?? [], from - pastSteps * stepMs, stepMs, pastSteps + steps),
    ),
    turnover: groups.map(({ waitClass }) => TURNOVER[waitClass]),
    ...{ waitPrices, egressPrices },
  };
};

const isOfMarket = (event: RecordedEvent): event is MarketEvent =>
  event.type !== 'offer-listed' && 'offerId' in event;

const latest = <Type extends RecordedEvent['type'], Item>(
  events: readonly RecordedEvent[],
  type: Type,
  entry: (event: Extract<RecordedEvent, { type: Type }>) => readonly [string, Item],
): readonly Item[] => [
  ...new Map(
    events.flatMap((event) =>
      event.type === type ? [entry(event as Extract<RecordedEvent, { type: Type }>)] : [],
    ),
  ).values(),
];
