import type { Instant } from '@slipway/kernel';
import type { Offer } from '../../catalogue/offer.js';
import type { OfferHistory } from '../../simulation/period.js';
import type { MarketEvent } from './recorded-event.js';

const HOUR_MS = 3_600_000;
export const LEAD_SPREAD = 0.25;

/** The steps of a period that is made of a record. */
export type Steps = Readonly<{ from: Instant; stepMs: number; steps: number }>;

/**
 * What one offer did, of its events in the order of time. Where nothing was ever tried there is as much of it as the catalogue
 * says, else `untriedNodes`, and it is taken back as often as the catalogue claims: nobody has seen that it is safe.
 */
export const historyOfOffer = (
  { billing, behaviour }: Offer,
  events: readonly MarketEvent[],
  span: Steps,
  untriedNodes: number,
): OfferHistory => {
  const { from, stepMs, steps } = span;
  const claimed = behaviour.availableNodes ?? untriedNodes;
  const wasTried = events.some(({ type }) => type !== 'offer-priced');
  const perStep = (behaviour.preemptionsPerNodeHour * stepMs) / HOUR_MS;
  const lostShare = Array.from({ length: steps }, () => (wasTried ? 0 : Math.min(1, perStep)));
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
    openNodes: atEachStep(events, span, claimed, (before, event) => depthAfter(before, event, claimed)),
    lostShare,
    leadMs: behaviour.leadMs,
    leadSpread: LEAD_SPREAD,
    startSuccess: behaviour.startSuccess,
  };
};

const depthAfter = (before: number, event: MarketEvent, claimed: number): number => {
  switch (event.type) {
    case 'depth-seen':
      return event.nodes;
    case 'depth-reached':
      return Math.max(before, event.nodes);
    case 'depth-forgotten':
      return claimed;
    case 'offer-priced':
    case 'nodes-taken':
      return before;
    default:
      return event satisfies never;
  }
};

/** The value that holds at the beginning of each step. */
const atEachStep = (
  events: readonly MarketEvent[],
  { from, stepMs, steps }: Steps,
  first: number,
  after: (before: number, event: MarketEvent) => number,
): readonly number[] => {
  let next = 0;
  let value = first;
  return Array.from({ length: steps }, (_, step) => {
    while (next < events.length && events[next]!.at <= from + step * stepMs)
      value = after(value, events[next++]!);
    return value;
  });
};
