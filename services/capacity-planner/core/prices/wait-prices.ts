import type { GpuType } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import { containerSlots } from '../model/slots.js';
import type { PlanningPolicy } from '../policy.js';

/** What one container of a group costs while it waits, integers in micro-USD per container-hour. */
export type GroupWaitPrices = Readonly<{
  lateMicroUsdPerHour: number;
  shortMicroUsdPerHour: number;
  /** Below the floor that a customer has reserved. */
  floorShortMicroUsdPerHour: number;
}>;

/** What the room for one container usually costs, micro-USD per hour: where it fits by its own wish, on the GPU that it favours. */
export const usualMicroUsdPerContainerHour = (
  group: DemandGroup,
  reference: ReadonlyMap<GpuType, number>,
  { cpuSlot }: Pick<PlanningPolicy, 'cpuSlot'>,
): number => {
  const [perSlot = Math.max(0, ...reference.values())] = group.gpuTypes.flatMap(
    (gpuType) => reference.get(gpuType) ?? [],
  );
  return perSlot * containerSlots(group, cpuSlot);
};

/** Multiples of what the GPU that a group favours usually costs, by the group's class and priority. */
export const groupWaitPrices = (
  group: DemandGroup,
  reference: ReadonlyMap<GpuType, number>,
  policy: Pick<PlanningPolicy, 'prices' | 'cpuSlot'>,
): GroupWaitPrices => {
  const { prices } = policy;
  const perHour = usualMicroUsdPerContainerHour(group, reference, policy);
  const short =
    perHour * prices.shortage[group.waitClass] * (group.priority === 'high' ? prices.highPriorityFactor : 1);
  return {
    lateMicroUsdPerHour: Math.round(perHour * prices.lateness[group.waitClass]),
    shortMicroUsdPerHour: Math.round(short),
    floorShortMicroUsdPerHour: Math.round(short * prices.floorFactor),
  };
};
