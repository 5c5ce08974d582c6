import type { GpuDevice } from '@slipway/contracts';
import { mergeEdits, NO_EDITS, type GpuEdits, type HostGpuAccess } from './gpu-edits.js';

/** What gives a container its GPUs and no other's: nothing of a simulated one but its name. */
export const selectGpus = (
  offered: readonly GpuDevice[],
  indexes: readonly number[],
  { common, perGpu }: HostGpuAccess,
): GpuEdits => {
  const chosen = offered.filter(({ index }) => indexes.includes(index));
  if (chosen.length === 0) return { ...NO_EDITS, env: { NVIDIA_VISIBLE_DEVICES: 'void' } };
  const real = chosen.filter(({ simulated }) => !simulated);
  if (real.length === 0)
    return { ...NO_EDITS, env: { SLIPWAY_SIMULATED_GPU: chosen.map(({ type }) => type).join(',') } };
  return mergeEdits([
    common,
    ...real.map(({ index }) => perGpu.get(index) ?? NO_EDITS),
    { ...NO_EDITS, env: { NVIDIA_VISIBLE_DEVICES: real.map(({ index }) => index).join(',') } },
  ]);
};
