import type { Offer } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import type { PlanningProblem } from '../planning-problem.js';

type OfferPrice = Readonly<{
  list: number;
  quality: number;
  preemption: number;
  start: number;
  stop: number;
}>;

/** By GPU type: the median of the on-demand prices per GPU-hour, else of all; of two in the middle, halfway between them. */
export const usualPrices = ({ offers, policy }: PlanningProblem): ReadonlyMap<string, number> => {
  const usual = new Map<string, number>();
  for (const gpuType of new Set(offers.map(({ shape }) => shape.gpuType))) {
    const own = offers.filter(({ shape }) => shape.gpuType === gpuType && unitsOf(shape, policy.cpuSlot) > 0);
    const onDemand = own.filter(({ purchase }) => purchase === 'on-demand');
    const prices = (onDemand.length > 0 ? onDemand : own)
      .map(({ billing, shape }) =>
        Math.round(billing.priceMicroUsdPerNodeHour / unitsOf(shape, policy.cpuSlot)),
      )
      .sort((a, b) => a - b);
    const [low, high] = [prices[(prices.length - 1) >> 1], prices[prices.length >> 1]];
    if (low !== undefined && high !== undefined) usual.set(gpuType, Math.round((low + high) / 2));
  }
  return usual;
};

/** A node's GPUs; of one without GPUs, the slots of CPUs and memory that it has. */
export const unitsOf = (shape: Offer['shape'], slot: PlanningProblem['policy']['cpuSlot']): number =>
  shape.gpuType === 'CPU'
    ? Math.floor(Math.min(shape.vcpus / slot.vcpus, shape.memoryMiB / slot.memoryMiB))
    : shape.gpuCount;

/** What a node costs by the hour, and what its start and stop do. */
export const listPrices = (
  { offers, policy }: PlanningProblem,
  usual: ReadonlyMap<string, number>,
): ReadonlyMap<string, OfferPrice> =>
  new Map(
    offers.map(({ offerId, billing, behaviour, shape }) => {
      const list = billing.priceMicroUsdPerNodeHour;
      const lead = behaviour.leadMs / 3_600_000;
      const { startCostHours, stopCostHours, changeReluctanceHours } = policy.stability;
      const lost = policy.spot.lostWorkHours + lead * policy.prices.lateness.batch;
      return [
        offerId,
        {
          list,
          quality: Math.round(list / (behaviour.performance * behaviour.health) - list),
          preemption: Math.round(
            behaviour.preemptionsPerNodeHour *
              unitsOf(shape, policy.cpuSlot) *
              lost *
              (usual.get(shape.gpuType) ?? 0),
          ),
          start: Math.round(
            list * (startCostHours + changeReluctanceHours + (1 / behaviour.startSuccess - 1) * lead),
          ),
          stop: Math.round(list * (stopCostHours + changeReluctanceHours)),
        },
      ];
    }),
  );

/** What a container of the group costs per hour while it waits, is short, or is short below a floor. */
export const waitPrice = (
  { policy }: PlanningProblem,
  usual: ReadonlyMap<string, number>,
  group: DemandGroup,
): Readonly<{ late: number; short: number; floor: number }> => {
  const { lateness, shortage, highPriorityFactor, floorFactor } = policy.prices;
  const favoured = group.gpuTypes.find((gpuType) => usual.has(gpuType));
  const perUnit = favoured === undefined ? Math.max(0, ...usual.values()) : usual.get(favoured)!;
  const perHour = perUnit * unitsTaken(group, policy.cpuSlot);
  const short = perHour * shortage[group.waitClass] * (group.priority === 'high' ? highPriorityFactor : 1);
  return {
    late: Math.round(perHour * lateness[group.waitClass]),
    short: Math.round(short),
    floor: Math.round(short * floorFactor),
  };
};

/** GPUs, or the power of two of slots that holds its CPUs and memory. */
export const unitsTaken = (group: DemandGroup, slot: PlanningProblem['policy']['cpuSlot']): number => {
  if (group.gpusPerContainer > 0) return group.gpusPerContainer;
  let taken = 1 / 16;
  while (taken * slot.vcpus < group.vcpusPerContainer || taken * slot.memoryMiB < group.memoryMiBPerContainer)
    taken *= 2;
  return taken;
};

/** The same on a node whose CPUs or memory are scarcer than its GPUs: the power of two of its units that holds a container. */
export const unitsOn = (
  group: DemandGroup,
  { shape }: Offer,
  slot: PlanningProblem['policy']['cpuSlot'],
): number => {
  const whole = unitsOf(shape, slot);
  const needed = Math.max(
    unitsTaken(group, slot),
    (group.vcpusPerContainer * whole) / shape.vcpus,
    (group.memoryMiBPerContainer * whole) / shape.memoryMiB,
  );
  let taken = 1 / 16;
  while (taken * (1 + 1e-9) < needed) taken *= 2;
  return taken;
};

/** What a container pulls of its data per hour where it stands. */
export const egressPerHour = (
  { egress }: PlanningProblem['policy'],
  { data }: DemandGroup,
  { vendor, region }: Offer,
): number => {
  if (!data) return 0;
  let perGiB = egress.sameRegionMicroUsdPerGiB;
  if (region !== data.region) perGiB = egress.sameVendorMicroUsdPerGiB;
  if (vendor !== data.vendor) perGiB = egress.elsewhereMicroUsdPerGiB;
  return Math.round(perGiB * data.gibPerContainerHour);
};
