import type { ContainerUsage } from '@slipway/contracts';
import { costOf, priceOf, type Price } from '../rates/price-of.js';
import type { RateBook } from '../rates/rate-card.js';
import { usageLines } from './usage-lines.js';

/** How much of a thing at one price. */
export type PricedQuantity = Readonly<{ price: Price; quantity: bigint }>;

/**
 * What of its containers' use was for one call: of each fact the share of its time in which the call's inputs were in hand,
 * shared with other inputs in hand at the same time. Starting and idling are for no call in particular.
 */
export const explainCall = (
  book: RateBook,
  callId: string,
  facts: readonly ContainerUsage[],
): readonly PricedQuantity[] => {
  const sums = new Map<string, { price: Price; quantity: bigint }>();
  for (const fact of facts) {
    const heldNs = fact.calls.reduce((sum, call) => sum + (call.callId === callId ? call.heldNs : 0), 0);
    const allHeldNs = fact.calls.reduce((sum, call) => sum + call.heldNs, 0);
    if (heldNs === 0 || fact.durationNs === 0) continue;
    for (const { sku, quantity } of usageLines(fact)) {
      const price = priceOf(book, {
        sku,
        workspaceId: fact.workspaceId,
        preemptible: fact.preemptible,
        at: fact.fromMs,
        ...(fact.region === undefined ? {} : { region: fact.region }),
      });
      if (price === undefined) continue;
      const sum = sums.get(price.priceId) ?? { price, quantity: 0n };
      sums.set(price.priceId, sum);
      sum.quantity +=
        (quantity * BigInt(fact.phases.busyNs) * BigInt(heldNs)) /
        (BigInt(fact.durationNs) * BigInt(allHeldNs));
    }
  }
  return [...sums.values()];
};

/** The exact cost of priced quantities, in nano-USD, rounded once to the nearest. */
export const nanoUsdOf = (parts: readonly PricedQuantity[]): bigint =>
  parts.reduce((sum, part) => sum + nanoUsdOfPart(part), 0n);

export const nanoUsdOfPart = ({ price, quantity }: PricedQuantity): bigint => {
  const { numerator, denominator } = costOf(price, quantity).discounted;
  return (2n * numerator * 1_000n + denominator) / (2n * denominator);
};
