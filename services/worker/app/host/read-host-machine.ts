import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import type { HostMachine } from '@slipway/worker-core';

const MIB = 1024 * 1024;

/** The hard limit on open files, which only a process with CAP_SYS_RESOURCE can raise. */
const openFilesLimit = (): number => {
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return hard === undefined || hard === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(hard);
};

/** What this machine has, and how its kernel limits containers. */
export const readHostMachine = (): HostMachine => {
  const cgroups = existsSync('/sys/fs/cgroup/cgroup.controllers') ? 'v2' : 'v1';
  const accountsForSwap =
    cgroups === 'v1'
      ? existsSync('/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes')
      : existsSync('/proc/swaps') && existsSync('/sys/fs/cgroup/init.scope/memory.swap.max');
  return {
    milliCpu: availableParallelism() * 1000,
    memoryMiB: Math.floor(totalmem() / MIB),
    cgroups,
    swapLimit: accountsForSwap ? 'supported' : 'unsupported',
    openFilesLimit: openFilesLimit(),
  };
};
