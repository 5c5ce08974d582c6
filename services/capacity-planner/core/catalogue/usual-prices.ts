import { GPU_FACTS } from './gpu-facts.js';
import type { GpuType, Offer } from './offer.js';

/** As many vendors as it takes to trust their median. */
const ENOUGH_VENDORS = 3;

/**
 * What a GPU costs on demand per hour: the median over vendors of each vendor's own median, so that a vendor with thousands of
 * rows has one voice. Where too few vendors quote it, the planning value of the table of facts.
 */
export const usualPrices = (offers: readonly Offer[]): ReadonlyMap<GpuType, number> => {
  const byGpu = new Map<GpuType, Map<string, number[]>>();
  for (const { purchase, vendor, shape, billing } of offers) {
    if (purchase !== 'on-demand' || shape.gpuCount === 0) continue;
    const ofVendor = inMap(byGpu, shape.gpuType, () => new Map<string, number[]>());
    inMap(ofVendor, vendor, () => []).push(billing.priceMicroUsdPerNodeHour / shape.gpuCount);
  }
  return new Map(
    GPU_FACTS.map(({ gpuType, usualMicroUsdPerHour }) => {
      const vendors = [...(byGpu.get(gpuType)?.values() ?? [])].map(median);
      return [gpuType, vendors.length >= ENOUGH_VENDORS ? median(vendors) : usualMicroUsdPerHour];
    }),
  );
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};

const inMap = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const present = map.get(key) ?? make();
  map.set(key, present);
  return present;
};
