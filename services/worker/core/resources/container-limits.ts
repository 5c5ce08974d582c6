import type { Resources } from '@slipway/contracts';
import type { HostMachine } from './host-machine.js';

/** The bounds of one container, in the units that people use. */
export type ContainerLimits = Readonly<{
  /** Weight against other containers when the CPU is contended. */
  cpuShares: number;
  /** No more than this, ever; absent: whatever is free. */
  milliCpuLimit?: number;
  memoryLimitMiB: number;
  pids: number;
  diskMiB: number;
}>;

const DEFAULT_DISK_MIB = 16 * 1024;
const PIDS_LIMIT = 4096;
const SMALLEST_MEMORY_MIB = 64;

/**
 * A container without a memory limit of its own may use more than it asked for while there is room,
 * but never more than half of the machine: its neighbours must not notice a runaway.
 */
export const containerLimits = (resources: Resources, host: HostMachine): ContainerLimits => ({
  cpuShares: Math.min(262_144, Math.max(2, Math.round((resources.milliCpu * 1024) / 1000))),
  ...(resources.milliCpuLimit !== undefined &&
    resources.milliCpuLimit > 0 && { milliCpuLimit: resources.milliCpuLimit }),
  memoryLimitMiB: Math.max(
    SMALLEST_MEMORY_MIB,
    resources.memoryLimitMiB !== undefined && resources.memoryLimitMiB > 0
      ? resources.memoryLimitMiB
      : Math.max(resources.memoryMiB, Math.floor(host.memoryMiB / 2)),
  ),
  pids: PIDS_LIMIT,
  diskMiB:
    resources.ephemeralDiskMiB !== undefined && resources.ephemeralDiskMiB > 0
      ? resources.ephemeralDiskMiB
      : DEFAULT_DISK_MIB,
});
