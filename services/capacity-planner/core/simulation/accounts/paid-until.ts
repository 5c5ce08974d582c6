import type { Instant } from '@slipway/kernel';
import type { OfferBilling } from '../../catalogue/offer.js';

/** Until when a node is paid for if it ends at `endsAt`: its minimum, then whole increments. */
export const paidUntil = (
  { incrementSeconds, minimumSeconds }: OfferBilling,
  startedAt: Instant,
  endsAt: Instant,
): Instant => {
  const incrementMs = Math.max(1, incrementSeconds * 1000);
  const usedMs = Math.max(endsAt - startedAt, minimumSeconds * 1000);
  return startedAt + Math.ceil(usedMs / incrementMs) * incrementMs;
};
