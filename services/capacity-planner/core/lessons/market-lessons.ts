import type { CapacityLesson } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Offer, OfferBehaviour, OfferId } from '../catalogue/offer.js';
import type { HostEvent } from '../acting/host.events.js';
import type { Host } from '../acting/host.state.js';
import { isFromTheFuture } from '../plan/planning-moment.js';
import { afterRefusal, isBelieved, whileItRests, type RefusedDepth } from './refused-depth.js';

const MINUTE_MS = 60_000;
/** So long an offer is left alone after a first failure; a request that was lost is tried again soon. */
const FIRST_REST_MS = MINUTE_MS;
const FIRST_REST_OF_THE_UNREACHABLE_MS = 5_000;
const LONGEST_REST_MS = 60 * MINUTE_MS;
/** As good as a no while the offer rests, though no vendor said it: else a plan would count on what never comes. */
const FAILURES_THAT_ARE_A_NO = 3;
/** What the catalogue says of success weighs as much as so many starts of our own. */
const PRIOR_STARTS = 5;
/** Each start counts so much less than the next one. */
const FADING = 0.95;

/** What our own starts taught of one offer. */
export type Lesson = Readonly<{
  refusalsInARow: number;
  lastRefusedAt: Instant;
  /** So long it is left alone from then on, while nothing of it joins. */
  restMs: number;
  /** Nodes that we held when the vendor last said that it has no more. */
  refused?: RefusedDepth;
  starts: number;
  successes: number;
}>;

export type MarketLessons = ReadonlyMap<OfferId, Lesson>;

const nothing: Lesson = { refusalsInARow: 0, lastRefusedAt: 0, restMs: 0, starts: 0, successes: 0 };

/** Learns from one event of a host; `heldNodes` are those of the same offer that we hold besides. */
export const learn = (
  lessons: MarketLessons,
  host: Pick<Host, 'offerId'>,
  event: HostEvent,
  { at, heldNodes }: Readonly<{ at: Instant; heldNodes: number }>,
): MarketLessons => {
  const before = lessons.get(host.offerId) ?? nothing;
  const after = lessonAfter(before, event, at, heldNodes);
  return after === before ? lessons : new Map([...lessons, [host.offerId, after]]);
};

const lessonAfter = (before: Lesson, event: HostEvent, at: Instant, heldNodes: number): Lesson => {
  switch (event.type) {
    case 'host-joined':
      return {
        ...before,
        refusalsInARow: 0,
        starts: before.starts * FADING + 1,
        successes: before.successes * FADING + 1,
        ...(before.refused !== undefined && heldNodes >= before.refused.nodes
          ? { refused: { ...before.refused, nodes: heldNodes + 1 } }
          : {}),
      };
    case 'host-refused':
      return event.data.code === 'unreachable'
        ? failed(before, at, heldNodes, FIRST_REST_OF_THE_UNREACHABLE_MS)
        : { ...failed(before, at, heldNodes), refused: afterRefusal(before.refused, heldNodes, at) };
    case 'host-ended':
      return event.data.how === 'never-joined' ? failed(before, at, heldNodes) : before;
    case 'host-asked':
    case 'host-accepted':
    case 'host-repriced':
    case 'host-drain-begun':
    case 'host-kept':
    case 'host-preemption-noticed':
    case 'host-stop-asked':
    case 'orphan-found':
      return before;
    default:
      return event satisfies never;
  }
};

const failed = (before: Lesson, at: Instant, heldNodes: number, firstRestMs = FIRST_REST_MS): Lesson => {
  const refusalsInARow = before.refusalsInARow + 1;
  const doubled = before.refusalsInARow === 0 ? 0 : 2 * before.restMs;
  const restMs = Math.min(LONGEST_REST_MS, Math.max(firstRestMs, doubled));
  return {
    ...before,
    refusalsInARow,
    lastRefusedAt: at,
    restMs,
    starts: before.starts * FADING + 1,
    successes: before.successes * FADING,
    ...(refusalsInARow < FAILURES_THAT_ARE_A_NO
      ? {}
      : { refused: whileItRests(before.refused, heldNodes, at, restMs) }),
  };
};

/**
 * Until when an offer is left alone: twice as long after each failure as after the one before, an hour at most. A failure that a clock
 * which was ahead wrote down is over.
 */
export const restsUntil = (lessons: MarketLessons, offerId: OfferId, at: Instant): Instant => {
  const lesson = lessons.get(offerId);
  if (lesson === undefined || lesson.refusalsInARow === 0 || isFromTheFuture(lesson.lastRefusedAt, at))
    return 0;
  return lesson.lastRefusedAt + lesson.restMs;
};

/** What was learnt, as people are told it: what no longer holds at `at` is left out. */
export const lessonsAt = (lessons: MarketLessons, at: Instant): readonly CapacityLesson[] =>
  [...lessons]
    .map(([offerId, { starts, successes, refusalsInARow, refused }]) => {
      const restsUntilAt = restsUntil(lessons, offerId, at);
      return {
        ...{ offerId, starts, successes, refusalsInARow },
        ...(restsUntilAt <= at ? {} : { restsUntilAt }),
        ...(refused === undefined || !isBelieved(refused, at)
          ? {}
          : { cap: { nodes: refused.nodes, believedUntilAt: refused.at + refused.believedMs } }),
      };
    })
    .toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1));

/** Whether refusals are believed for their time, or no longer than their offer is left alone. */
export type Refusals = 'believed' | 'doubted';

/** The offer with what we have learnt of it: how many nodes there may be, and how often a start succeeds. */
export const withLessons = (
  offer: Offer,
  lessons: MarketLessons,
  at: Instant,
  refusals: Refusals = 'believed',
): Offer => {
  const lesson = lessons.get(offer.offerId);
  if (lesson === undefined) return offer;
  const startSuccess =
    (offer.behaviour.startSuccess * PRIOR_STARTS + lesson.successes) / (PRIOR_STARTS + lesson.starts);
  const isDoubted = refusals === 'doubted' && at >= restsUntil(lessons, offer.offerId, at);
  const availableNodes = isDoubted ? offer.behaviour.availableNodes : depthNow(lesson, offer.behaviour, at);
  return {
    ...offer,
    behaviour: {
      ...offer.behaviour,
      startSuccess: Math.max(0.01, startSuccess),
      ...(availableNodes === undefined ? {} : { availableNodes }),
    },
  };
};

const depthNow = (
  { refused }: Lesson,
  { availableNodes }: OfferBehaviour,
  at: Instant,
): number | undefined =>
  refused === undefined || !isBelieved(refused, at)
    ? availableNodes
    : Math.min(refused.nodes, availableNodes ?? Infinity);
