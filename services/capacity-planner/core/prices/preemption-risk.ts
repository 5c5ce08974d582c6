import type { Offer } from '../catalogue/offer.js';

const HOUR_MS = 3_600_000;

/**
 * What is expected to be lost per hour by waits for nodes in place of those that are taken, integer micro-USD: rate × lead, times
 * what an hour of waiting costs; that of the least risky of the offers, which is among those that are bought. Never negative.
 */
export const preemptionRisk = (offers: readonly Offer[], waitMicroUsdPerHour: number): number => {
  const hours = offers.map(
    ({ behaviour }) => (behaviour.preemptionsPerNodeHour * behaviour.leadMs) / HOUR_MS,
  );
  return offers.length === 0 ? 0 : Math.round(Math.min(...hours) * Math.max(0, waitMicroUsdPerHour));
};
