import type { Offer } from '../catalogue/offer.js';
import { nodeSlots } from '../model/slots.js';
import type { PlanningPolicy } from '../policy.js';

const HOUR_MS = 3_600_000;

/** What a node of an offer costs, integers: money, and the prices of its quality, its risk and of change. */
export type OfferPrices = Readonly<{
  /** The list price. */
  listMicroUsdPerHour: number;
  /** What slowness, bad health and failing starts add: list / (performance × health) − list, and the failed starts. */
  qualityMicroUsdPerHour: number;
  /** What preemptions are expected to cost: rate × slots × (lost work + the wait for another node). */
  preemptionMicroUsdPerHour: number;
  startMicroUsd: number;
  stopMicroUsd: number;
}>;

/**
 * The effective price, line by line. `referenceMicroUsd` is what a slot of the GPU usually costs per hour: lost work is worth
 * that, and so is the wait after a preemption, times the lateness of a batch job.
 */
export const offerPrices = (
  { behaviour, billing, shape }: Offer,
  referenceMicroUsd: number,
  { stability, spot, prices, cpuSlot }: Pick<PlanningPolicy, 'stability' | 'spot' | 'prices' | 'cpuSlot'>,
): OfferPrices => {
  const list = billing.priceMicroUsdPerNodeHour;
  const leadHours = behaviour.leadMs / HOUR_MS;
  const failedStarts = 1 / behaviour.startSuccess - 1;
  const lostPerPreemption = spot.lostWorkHours + leadHours * prices.lateness.batch;
  return {
    listMicroUsdPerHour: list,
    qualityMicroUsdPerHour: Math.round(list / (behaviour.performance * behaviour.health) - list),
    preemptionMicroUsdPerHour: Math.round(
      behaviour.preemptionsPerNodeHour * nodeSlots(shape, cpuSlot) * lostPerPreemption * referenceMicroUsd,
    ),
    startMicroUsd: Math.round(
      list * (stability.startCostHours + stability.changeReluctanceHours + failedStarts * leadHours),
    ),
    stopMicroUsd: Math.round(list * (stability.stopCostHours + stability.changeReluctanceHours)),
  };
};
