import { readFileSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostMachine, UsageReading } from '@slipway/worker-core';
import { cpuFolder, memoryFolder } from '../cgroups/cgroup-paths.js';

const NS_PER_US = 1_000;

/** Where the kernel counts what one container uses. */
export type UsageSources = Readonly<{
  cgroups: HostMachine['cgroups'];
  /** The container's own control group; the one above it holds nothing else and is there for as long as the task. */
  cgroupPath: string;
  /** The mount point of the container's disk. */
  diskFolder: string;
  /** The host's end of the container's network interface. */
  networkInterface: string;
}>;

/**
 * Reads the kernel's counters: a few small files that it makes on the spot, without waiting. Under gVisor the control group
 * holds the sandbox: its own kernel's time and memory are the container's.
 */
export const readUsage = (sources: UsageSources): UsageReading => {
  const cpuNs = readCpuNs(sources);
  const memoryBytes = readMemoryBytes(sources);
  const diskBytes = readDiskBytes(sources.diskFolder);
  const egressBytes = numberIn(`/sys/class/net/${sources.networkInterface}/statistics/rx_bytes`);
  return {
    ...(cpuNs !== undefined && { cpuNs }),
    ...(memoryBytes !== undefined && { memoryBytes }),
    ...(diskBytes !== undefined && { diskBytes }),
    ...(egressBytes !== undefined && { egressBytes }),
  };
};

/** Counted in the groups above too, and the task's outlives the container's: it is whole when the container has ended. */
const readCpuNs = ({ cgroups, cgroupPath }: UsageSources): number | undefined => {
  const folder = cpuFolder(dirname(cgroupPath), cgroups);
  if (cgroups === 'v1') return numberIn(join(folder, 'cpuacct.usage'));
  const us = field(join(folder, 'cpu.stat'), 'usage_usec');
  return us === undefined ? undefined : us * NS_PER_US;
};

/** What could not be taken back at once: without file pages that were not used lately. */
const readMemoryBytes = ({ cgroups, cgroupPath }: UsageSources): number | undefined => {
  const folder = memoryFolder(cgroupPath, cgroups);
  const all = numberIn(join(folder, cgroups === 'v1' ? 'memory.usage_in_bytes' : 'memory.current'));
  if (all === undefined) return undefined;
  const idleName = cgroups === 'v1' ? 'total_inactive_file' : 'inactive_file';
  return Math.max(0, all - (field(join(folder, 'memory.stat'), idleName) ?? 0));
};

const readDiskBytes = (folder: string): number | undefined => {
  try {
    const { blocks, bfree, bsize } = statfsSync(folder);
    return (blocks - bfree) * bsize;
  } catch {
    return undefined;
  }
};

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

const numberIn = (path: string): number | undefined => {
  const text = textOf(path);
  return text === undefined ? undefined : Number(text);
};

const field = (path: string, name: string): number | undefined => {
  const found = new RegExp(`^${name} (\\d+)$`, 'm').exec(textOf(path) ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
};
