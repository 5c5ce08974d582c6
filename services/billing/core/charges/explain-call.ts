import type { ContainerUsage } from '@slipway/contracts';
import { costOf, priceOf, type Price } from '../rates/price-of.js';
import type { RateBook } from '../rates/rate-card.js';
import { usageLines } from './usage-lines.js';

/** How much of a thing at one price. */
export type PricedQuantity = Readonly<{ price: Price; quantity: bigint }>;

/**
 * What of its containers' use was for one call: of each fact the share of its time in which the call's inputs were in hand,
 * shared with other inputs in hand at the same time. Starting and idling are for no call in particular. Facts are added one by one:
 * a call may have millions.
 */
export class CallExplanation {
  private readonly sums = new Map<string, { price: Price; quantity: bigint }>();
  private held = 0n;

  constructor(
    private readonly book: RateBook,
    private readonly callId: string,
  ) {}

  add(fact: ContainerUsage): void {
    const heldNs = fact.calls.reduce((sum, call) => sum + (call.callId === this.callId ? call.heldNs : 0), 0);
    const allHeldNs = fact.calls.reduce((sum, call) => sum + call.heldNs, 0);
    this.held += BigInt(heldNs);
    if (heldNs === 0 || fact.durationNs === 0) return;
    for (const { sku, quantity } of usageLines(fact)) {
      const price = priceOf(this.book, {
        sku,
        workspaceId: fact.workspaceId,
        preemptible: fact.preemptible,
        at: fact.fromMs,
        ...(fact.region === undefined ? {} : { region: fact.region }),
      });
      if (price === undefined) continue;
      const sum = this.sums.get(price.priceId) ?? { price, quantity: 0n };
      this.sums.set(price.priceId, sum);
      sum.quantity +=
        (quantity * BigInt(fact.phases.busyNs) * BigInt(heldNs)) /
        (BigInt(fact.durationNs) * BigInt(allHeldNs));
    }
  }

  get parts(): readonly PricedQuantity[] {
    return [...this.sums.values()];
  }

  /** For how long the call's inputs were in hand, in nanoseconds; two at the same time count twice. */
  get heldNs(): bigint {
    return this.held;
  }
}

/** The exact cost of priced quantities, in nano-USD, rounded once to the nearest. */
export const nanoUsdOf = (parts: readonly PricedQuantity[]): bigint =>
  parts.reduce((sum, part) => sum + nanoUsdOfPart(part), 0n);

export const nanoUsdOfPart = ({ price, quantity }: PricedQuantity): bigint => {
  const { numerator, denominator } = costOf(price, quantity).discounted;
  return (2n * numerator * 1_000n + denominator) / (2n * denominator);
};
