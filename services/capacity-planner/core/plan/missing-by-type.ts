import type { GpuType } from '../catalogue/offer.js';
import { missingThatPays } from './count-buffers.js';
import type { BufferPlan } from './plan.js';

/**
 * Idle GPUs that would pay and are missing, by type. One that stands idle for a pool within another serves both, so of a pool and those
 * within it only the larger lack counts.
 */
export const missingByType = (buffers: readonly BufferPlan[]): ReadonlyMap<GpuType, number> =>
  new Map(
    [...Map.groupBy(buffers, ({ gpuType }) => gpuType)].map(([gpuType, pools]) => [
      gpuType,
      missingOf(pools.toSorted((a, b) => sizeOf(b) - sizeOf(a))),
    ]),
  );

/** Of pools of one type, the largest first. */
const missingOf = ([outer, ...others]: readonly BufferPlan[]): number => {
  if (outer === undefined) return 0;
  const within = others.filter((pool) => liesWithin(pool, outer));
  const beside = others.filter((pool) => !liesWithin(pool, outer));
  return Math.max(missingThatPays(outer), missingOf(within)) + missingOf(beside);
};

const liesWithin = (pool: BufferPlan, outer: BufferPlan): boolean =>
  outer.groupIds === undefined ||
  (pool.groupIds?.every((groupId) => outer.groupIds!.includes(groupId)) ?? false);

/** A pool without names is of all that favour the type. */
const sizeOf = ({ groupIds }: BufferPlan): number => groupIds?.length ?? Number.MAX_SAFE_INTEGER;
