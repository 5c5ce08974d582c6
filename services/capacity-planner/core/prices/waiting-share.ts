import type { Offer } from '../catalogue/offer.js';

const HOUR_MS = 3_600_000;

/**
 * The share of its time that a container on spot nodes is expected to wait for a node in place of one that was taken: rate × lead,
 * that of the least risky of the offers, which is among those that are bought.
 */
export const waitingShare = (offers: readonly Offer[]): number =>
  offers.reduce(
    (least, { behaviour }) =>
      Math.min(least, (behaviour.preemptionsPerNodeHour * behaviour.leadMs) / HOUR_MS),
    offers.length === 0 ? 0 : Infinity,
  );
