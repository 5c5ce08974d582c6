import type { Instant } from '@slipway/kernel';
import { isOver, type PaidHost } from '../acting/host.state.js';

/** How many nodes were held at a moment, those that began with it among them. */
export type HeldNodes = (at: Instant) => number;

export const endOf = (host: PaidHost): Instant => (isOver(host) ? host.endedAt : Infinity);

/** Sorts once: there may be tens of thousands of hosts, and each of them asks. */
export const heldNodes = (paid: readonly PaidHost[]): HeldNodes => {
  const held = paid.filter((host) => host.billedFrom < endOf(host));
  const begins = held.map(({ billedFrom }) => billedFrom).toSorted((a, b) => a - b);
  const ends = held.map(endOf).toSorted((a, b) => a - b);
  return (at) => countUntil(begins, at) - countUntil(ends, at);
};

/** How many of the sorted moments are not after `at`. */
const countUntil = (moments: readonly Instant[], at: Instant): number => {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (moments[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};
