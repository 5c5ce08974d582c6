import { type GpuType, type Offer } from '../catalogue/offer.js';
import type { PlanningPolicy } from '../policy.js';
import { nodeSlots } from '../model/slots.js';

/**
 * What a GPU of each type usually costs: the median of its on-demand offers per slot and hour (of all its offers where none is
 * on demand), an integer. Prices of waits are multiples of it.
 */
export const referencePrices = (
  offers: readonly Offer[],
  cpuSlot: PlanningPolicy['cpuSlot'],
): ReadonlyMap<GpuType, number> => {
  const onDemand = pricesPerSlot(
    offers.filter(({ purchase }) => purchase === 'on-demand'),
    cpuSlot,
  );
  const all = pricesPerSlot(offers, cpuSlot);
  return new Map([...all].map(([gpuType, prices]) => [gpuType, median(onDemand.get(gpuType) ?? prices)]));
};

const pricesPerSlot = (
  offers: readonly Offer[],
  cpuSlot: PlanningPolicy['cpuSlot'],
): Map<GpuType, number[]> => {
  const found = new Map<GpuType, number[]>();
  for (const offer of offers) {
    const slots = nodeSlots(offer.shape, cpuSlot);
    if (slots === 0) continue;
    const prices = found.get(offer.shape.gpuType) ?? [];
    prices.push(Math.round(offer.billing.priceMicroUsdPerNodeHour / slots));
    found.set(offer.shape.gpuType, prices);
  }
  return found;
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Math.round(((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2);
};
