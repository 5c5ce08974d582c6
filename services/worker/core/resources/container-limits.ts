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
  /** What of its disk is kept for it alone: all of one that it asked for. */
  promisedDiskMiB: number;
}>;

const DEFAULT_DISK_MIB = 16 * 1024;
/** Most containers that ask for no disk write next to nothing. */
const DEFAULT_PROMISED_DISK_MIB = 4 * 1024;
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
  ...diskOf(resources),
});

const diskOf = ({ ephemeralDiskMiB = 0 }: Resources): Pick<ContainerLimits, 'diskMiB' | 'promisedDiskMiB'> =>
  ephemeralDiskMiB > 0
    ? { diskMiB: ephemeralDiskMiB, promisedDiskMiB: ephemeralDiskMiB }
    : { diskMiB: DEFAULT_DISK_MIB, promisedDiskMiB: DEFAULT_PROMISED_DISK_MIB };
