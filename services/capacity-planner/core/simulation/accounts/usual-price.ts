import type { Offer } from '../../catalogue/offer.js';
import type { DemandGroup } from '../../demand/demand-group.js';
import { weightOf } from '../weight.js';

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Math.round((sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2);
};

const perUnit = (offer: Offer, group: DemandGroup): number => {
  const { gpuCount, vcpus } = offer.shape;
  const units =
    group.gpusPerContainer > 0 ? gpuCount : (vcpus / Math.max(1, group.vcpusPerContainer)) * weightOf(group);
  return offer.billing.priceMicroUsdPerNodeHour / Math.max(1, units);
};

/**
 * What one GPU of the type that a group favours usually costs for an hour, in micro-USD: the median of all on-demand offers, or of
 * all offers where there is none on demand. Waits are priced in multiples of it.
 */
export const usualPriceMicroUsd = (offers: readonly Offer[], group: DemandGroup): number => {
  for (const gpuType of group.gpuTypes) {
    const ofType = offers.filter(({ shape }) => shape.gpuType === gpuType);
    const onDemand = ofType.filter(({ purchase }) => purchase === 'on-demand');
    const priced = onDemand.length > 0 ? onDemand : ofType;
    if (priced.length > 0) return median(priced.map((offer) => perUnit(offer, group)));
  }
  return 0;
};
