import type { GpuNeed } from './function-spec.js';
import type { GpuDevice } from './tasks.js';

/** Which of these GPUs meet a need, by index: all of one type, for those of one container are. Undefined: they do not. */
export const chooseGpus = (
  { type, count }: GpuNeed,
  free: readonly GpuDevice[],
): readonly number[] | undefined => {
  const types = type === 'any' ? [...new Set(free.map((gpu) => gpu.type))] : [type];
  for (const wanted of types) {
    const matching = free.filter((gpu) => gpu.type === wanted || gpu.type.startsWith(`${wanted}-`));
    if (matching.length >= count) return matching.slice(0, count).map((gpu) => gpu.index);
  }
  return undefined;
};
