import { refuse, type Instant, type Refusal } from '@slipway/kernel';
import type { Offer } from '../../catalogue/offer.js';
import type { EgressPrices, WaitPrices } from '../../policy.js';
import type { OfferHistory, Period } from '../../simulation/period.js';
import type { RecordedEvent } from './recorded-event.js';

export type ReplayRequest = Readonly<{
  name: string;
  /** The first step begins here; `warmUpSteps` of the steps until `until` are run and not accounted. */
  from: Instant;
  until: Instant;
  stepMs: number;
  warmUpSteps: number;
  /** Of offers that nobody tried, so many nodes are taken to be had. */
  untriedNodes: number;
  seed: number;
  waitPrices: WaitPrices;
  egressPrices: EgressPrices;
}>;

const LEAD_SPREAD = 0.25;
const TURNOVER = { interactive: 0.03, batch: 0, background: 0.03 } as const;

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
  const first = ordered.find(({ type }) => type === 'demand-counted')?.at ?? from;
  const pastSteps = Math.max(0, Math.ceil((from - first) / stepMs));
  return {
    name,
    seed,
    startsAt: from,
    stepMs,
    steps,
    warmUpSteps,
    offers,
    histories: offers.map((offer) => historyOf(offer, ordered, from, stepMs, steps, untriedNodes)),
    quotas: [],
    groups,
    pastSteps,
    demand: groups.map(({ groupId }) =>
      held(
        ordered.flatMap((event) =>
          event.type === 'demand-counted' && event.groupId === groupId
            ? [{ at: event.at, value: event.containers }]
            : [],
        ),
        0,
        from - pastSteps * stepMs,
        stepMs,
        pastSteps + steps,
      ),
    ),
    turnover: groups.map(({ waitClass }) => TURNOVER[waitClass]),
    waitPrices,
    egressPrices,
  };
};

type Dated = Readonly<{ at: Instant; value: number }>;

/** The value at the beginning of each step. */
const held = (
  dated: readonly Dated[],
  before: number,
  from: Instant,
  stepMs: number,
  steps: number,
): readonly number[] => {
  let next = 0;
  let value = before;
  return Array.from({ length: steps }, (_, step) => {
    while (next < dated.length && dated[next]!.at <= from + step * stepMs) value = dated[next++]!.value;
    return value;
  });
};

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

const historyOf = (
  { offerId, billing, behaviour }: Offer,
  events: readonly RecordedEvent[],
  from: Instant,
  stepMs: number,
  steps: number,
  untriedNodes: number,
): OfferHistory => {
  const prices: Dated[] = [];
  const depths: Dated[] = [];
  const lostShare = Array.from({ length: steps }, () => 0);
  for (const event of events) {
    if (!('offerId' in event) || event.offerId !== offerId) continue;
    if (event.type === 'offer-priced') prices.push({ at: event.at, value: event.priceMicroUsdPerNodeHour });
    else if (event.type === 'depth-seen') depths.push({ at: event.at, value: event.nodes });
    else {
      // What is lost within a step is lost when the next one begins.
      const step = Math.ceil((event.at - from) / stepMs);
      if (step >= 0 && step < steps)
        lostShare[step] = Math.min(1, lostShare[step]! + event.takenNodes / Math.max(1, event.heldNodes));
    }
  }
  return {
    priceMicroUsdPerNodeHour: held(prices, billing.priceMicroUsdPerNodeHour, from, stepMs, steps),
    openNodes: held(depths, untriedNodes, from, stepMs, steps),
    lostShare,
    leadMs: behaviour.leadMs,
    leadSpread: LEAD_SPREAD,
    startSuccess: behaviour.startSuccess,
  };
};
