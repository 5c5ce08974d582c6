import type { Instant } from '@slipway/kernel';
import type { Offer } from '../../catalogue/offer.js';
import type { OfferHistory } from '../../simulation/period.js';
import type { MarketEvent } from './recorded-event.js';

const HOUR_MS = 3_600_000;
export const LEAD_SPREAD = 0.25;

/** The steps of a period that is made of a record. */
export type Steps = Readonly<{ from: Instant; stepMs: number; steps: number }>;

/**
 * What one offer did, of its events in the order of time. Where nothing is known of its depth there is as much of it as the catalogue
 * says, else `untriedNodes`. One that nobody held is taken back as often as the catalogue claims: nobody has seen that it is safe.
 */
export const historyOfOffer = (
  { billing, behaviour }: Offer,
  events: readonly MarketEvent[],
  span: Steps,
  untriedNodes: number,
): OfferHistory => {
  const { from, stepMs, steps } = span;
  const claimed = behaviour.availableNodes ?? untriedNodes;
  const isHeld = wasHeld(events);
  const perStep = (behaviour.preemptionsPerNodeHour * stepMs) / HOUR_MS;
  const lostShare = Array.from({ length: steps }, () => (isHeld ? 0 : Math.min(1, perStep)));
  for (const event of events) {
    if (event.type !== 'nodes-taken') continue;
    // What is lost within a step is lost when the next one begins.
    const step = Math.ceil((event.at - from) / stepMs);
    if (step >= 0 && step < steps)
      lostShare[step] = Math.min(1, lostShare[step]! + event.takenNodes / Math.max(1, event.heldNodes));
  }
  return {
    priceMicroUsdPerNodeHour: atEachStep(events, span, billing.priceMicroUsdPerNodeHour, (before, event) =>
      event.type === 'offer-priced' ? event.priceMicroUsdPerNodeHour : before,
    ),
    openNodes: openNodes(events, span, () => claimed),
    lostShare,
    leadMs: behaviour.leadMs,
    leadSpread: LEAD_SPREAD,
    startSuccess: behaviour.startSuccess,
  };
};

/** Whether some of it was held: a refusal, or that it is not listed, shows nothing of what is taken back. */
export const wasHeld = (events: readonly MarketEvent[]): boolean =>
  events.some(({ type }) => type === 'depth-reached' || type === 'nodes-taken');

/** By step, how many nodes can be had: what was seen of it, and where that is nothing what is assumed. */
export const openNodes = (
  events: readonly MarketEvent[],
  span: Steps,
  assumed: (step: number) => number,
): readonly number[] =>
  atEachStep(events, span, unknown, depthAfter).map(
    ({ most, atLeast }, step) => most ?? Math.max(atLeast, assumed(step)),
  );

/** Where the most that can be had is not known, `atLeast` may be. */
type Depth = Readonly<{ most?: number; atLeast: number }>;

const unknown: Depth = { atLeast: 0 };

const depthAfter = (before: Depth, event: MarketEvent): Depth => {
  switch (event.type) {
    case 'depth-seen':
      return { most: event.nodes, atLeast: 0 };
    case 'depth-reached':
      return before.most === undefined
        ? { atLeast: Math.max(before.atLeast, event.nodes) }
        : { ...before, most: Math.max(before.most, event.nodes) };
    case 'depth-forgotten':
      return unknown;
    case 'offer-priced':
    case 'nodes-taken':
      return before;
    default:
      return event satisfies never;
  }
};

/** The value that holds at the beginning of each step. */
const atEachStep = <Value>(
  events: readonly MarketEvent[],
  { from, stepMs, steps }: Steps,
  first: Value,
  after: (before: Value, event: MarketEvent) => Value,
): readonly Value[] => {
  let next = 0;
  let value = first;
  return Array.from({ length: steps }, (_, step) => {
    while (next < events.length && events[next]!.at <= from + step * stepMs)
      value = after(value, events[next++]!);
    return value;
  });
};
