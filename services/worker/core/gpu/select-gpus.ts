import type { GpuDevice } from '@slipway/contracts';

/** A device node of the host that a container may open. */
export type DeviceNode = Readonly<{ path: string; major: number; minor: number }>;

/** What a container sees of the GPUs that it was given: nothing of a simulated one but its name. */
export type GpuAccess = Readonly<{
  deviceNodes: readonly DeviceNode[];
  env: Readonly<Record<string, string>>;
}>;

const NVIDIA_MAJOR = 195;
const NVIDIA_CONTROL_MINOR = 255;

/** Which device nodes and variables give a container its GPUs, and no other's. */
export const selectGpus = (
  offered: readonly GpuDevice[],
  indexes: readonly number[],
  sharedNodes: readonly DeviceNode[],
): GpuAccess => {
  const chosen = offered.filter(({ index }) => indexes.includes(index));
  if (chosen.length === 0) return { deviceNodes: [], env: { NVIDIA_VISIBLE_DEVICES: 'void' } };
  const real = chosen.filter(({ simulated }) => !simulated);
  if (real.length === 0)
    return { deviceNodes: [], env: { SLIPWAY_SIMULATED_GPU: chosen.map(({ type }) => type).join(',') } };
  return {
    deviceNodes: [
      { path: '/dev/nvidiactl', major: NVIDIA_MAJOR, minor: NVIDIA_CONTROL_MINOR },
      ...sharedNodes,
      ...real.map(({ index }) => ({ path: `/dev/nvidia${index}`, major: NVIDIA_MAJOR, minor: index })),
    ],
    env: { NVIDIA_VISIBLE_DEVICES: real.map(({ index }) => index).join(',') },
  };
};
