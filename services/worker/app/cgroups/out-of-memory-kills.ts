import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { HostMachine } from '@slipway/worker-core';
import { memoryFolder } from './cgroup-paths.js';

/**
 * How many processes of a container the kernel has killed for want of memory; 0 when the group is gone.
 * v1 counts in the group itself; v2 counts in the groups above it too, and the task's outlives the container's.
 */
export const outOfMemoryKills = async (path: string, cgroups: HostMachine['cgroups']): Promise<number> => {
  const file =
    cgroups === 'v1'
      ? join(memoryFolder(path, cgroups), 'memory.oom_control')
      : join(memoryFolder(dirname(path), cgroups), 'memory.events');
  const text = await readFile(file, 'utf8').catch(() => '');
  return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0);
};
