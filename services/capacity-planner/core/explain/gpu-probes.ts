import { CPU_ONLY, type GpuType } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { GpuPrice } from './explanation.js';

/** A group that stands for "one GPU more": a batch job that may stand anywhere, or on firm nodes alone. */
export type GpuProbe = Readonly<{ group: DemandGroup; of: Omit<GpuPrice, 'microUsdPerGpuHour'> }>;

/** Four for each type that somebody accepts or that is held; what nobody sells has no price. */
export const gpuProbes = ({ groups, offers, fleet, policy }: PlanningProblem): readonly GpuProbe[] => {
  const held = new Set(fleet.holdings.filter(({ nodes }) => nodes > 0).map(({ offerId }) => offerId));
  const types = new Set<GpuType>([
    ...groups.flatMap(({ gpuTypes }) => gpuTypes),
    ...offers.filter(({ offerId }) => held.has(offerId)).map(({ shape }) => shape.gpuType),
  ]);
  const sold = new Set(offers.map(({ shape }) => shape.gpuType));
  const kinds = (['standard', 'high'] as const).flatMap((priority) =>
    (['any', 'firm'] as const).map((standsOn) => ({ priority, standsOn })),
  );
  return [...types]
    .filter((gpuType) => sold.has(gpuType))
    .toSorted()
    .flatMap((gpuType) =>
      kinds.map((kind): GpuProbe => ({
        of: { gpuType, ...kind },
        group: {
          groupId: `one more: ${gpuType} ${kind.priority} ${kind.standsOn}`,
          gpuTypes: [gpuType],
          gpusPerContainer: gpuType === CPU_ONLY ? 0 : 1,
          vcpusPerContainer: gpuType === CPU_ONLY ? policy.cpuSlot.vcpus : 1,
          memoryMiBPerContainer: gpuType === CPU_ONLY ? policy.cpuSlot.memoryMiB : 1_024,
          pins: { vendors: [], regions: [], geos: [] },
          spot: kind.standsOn === 'any' ? 'tolerated' : 'refused',
          ...{ waitClass: 'batch', priority: kind.priority, movement: 'free', floorContainers: 0 },
        },
      })),
    );
};
