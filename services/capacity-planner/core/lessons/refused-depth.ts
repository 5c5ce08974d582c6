import type { Instant } from '@slipway/kernel';
import { isFromTheFuture } from '../plan/planning-moment.js';

/**
 * So long a refusal is believed at first, and twice as long each time that it is heard again: what is bought beside a node that is
 * refused may be of no use without it.
 */
const BELIEVED_MS = 1_800_000;
const LONGEST_BELIEVED_MS = 4 * BELIEVED_MS;

/** How many nodes an offer had to give when its vendor last said that there are no more, and for how long that is believed. */
export type RefusedDepth = Readonly<{ nodes: number; at: Instant; believedMs: number }>;

/** What a refusal teaches while so many nodes of the offer are held: a market that granted more since the last one is as good as new. */
export const afterRefusal = (
  before: RefusedDepth | undefined,
  heldNodes: number,
  at: Instant,
): RefusedDepth => ({ nodes: heldNodes, at, believedMs: believedFor(before, heldNodes, at) });

const believedFor = (before: RefusedDepth | undefined, heldNodes: number, at: Instant): number => {
  if (before === undefined || (heldNodes > before.nodes && before.at < at)) return BELIEVED_MS;
  // One that was heard at this moment already makes nobody wiser.
  return before.at === at ? before.believedMs : Math.min(LONGEST_BELIEVED_MS, 2 * before.believedMs);
};

/** An offer whose starts fail though nobody refuses them is tried again once it has rested; what a vendor said may hold longer. */
export const whileItRests = (
  before: RefusedDepth | undefined,
  heldNodes: number,
  at: Instant,
  restMs: number,
): RefusedDepth =>
  before !== undefined && before.at + before.believedMs > at + restMs
    ? before
    : { nodes: heldNodes, at, believedMs: restMs };

/** A market that was closed opens at once and whole, not node by node: its refusal is believed, and then forgotten. */
export const isBelieved = ({ at: heardAt, believedMs }: RefusedDepth, at: Instant): boolean =>
  at - heardAt < believedMs && !isFromTheFuture(heardAt, at);
