import type { Unit } from '../model/prepared.js';
import type { PriceSteps } from './explanation.js';

/** From the list price to the one that the plan compares. */
export const priceSteps = ({ prices, slots }: Unit): PriceSteps => {
  const { listMicroUsdPerHour, qualityMicroUsdPerHour, preemptionMicroUsdPerHour } = prices;
  const effectiveMicroUsdPerHour = listMicroUsdPerHour + qualityMicroUsdPerHour + preemptionMicroUsdPerHour;
  return {
    listMicroUsdPerHour,
    qualityMicroUsdPerHour,
    preemptionMicroUsdPerHour,
    effectiveMicroUsdPerHour,
    effectiveMicroUsdPerGpuHour: Math.round(effectiveMicroUsdPerHour / Math.max(1, slots)),
  };
};
