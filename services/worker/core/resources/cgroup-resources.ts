import type { ContainerLimits } from './container-limits.js';
import type { HostMachine } from './host-machine.js';

/** The part `linux.resources` of an OCI runtime configuration. */
export type CgroupResources = Readonly<{
  devices: readonly Readonly<{
    allow: boolean;
    access: string;
    type?: string;
    major?: number;
    minor?: number;
  }>[];
  memory: Readonly<{ limit: number; swap?: number }>;
  cpu: Readonly<{ shares: number; quota?: number; period?: number }>;
  pids: Readonly<{ limit: number }>;
}>;

const CPU_PERIOD_US = 100_000;
const SMALLEST_QUOTA_US = 1_000;
const MIB = 1024 * 1024;

/** Character devices of the kernel's own making that every program may expect: null, zero, full, random, urandom, tty, ptmx, pts. */
const HARMLESS_DEVICES: readonly (readonly [major: number, minor?: number])[] = [
  [1, 3],
  [1, 5],
  [1, 7],
  [1, 8],
  [1, 9],
  [5, 0],
  [5, 2],
  [136],
];

/** Runtimes translate these for cgroup v1 and v2 alike; only swap must be left out where the kernel does not account for it. */
export const cgroupResources = (limits: ContainerLimits, host: HostMachine): CgroupResources => {
  const memoryBytes = limits.memoryLimitMiB * MIB;
  return {
    devices: [
      { allow: false, access: 'rwm' },
      // A device node without access is how overlayfs marks a deleted file.
      { allow: true, access: 'm', type: 'c' },
      ...HARMLESS_DEVICES.map(([major, minor]) => ({
        allow: true,
        access: 'rwm',
        type: 'c',
        major,
        ...(minor !== undefined && { minor }),
      })),
    ],
    memory: { limit: memoryBytes, ...(host.swapLimit === 'supported' && { swap: memoryBytes }) },
    cpu: {
      shares: limits.cpuShares,
      ...(limits.milliCpuLimit !== undefined && {
        quota: Math.max(SMALLEST_QUOTA_US, Math.round((limits.milliCpuLimit * CPU_PERIOD_US) / 1000)),
        period: CPU_PERIOD_US,
      }),
    },
    pids: { limit: limits.pids },
  };
};
