import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostMachine } from '@slipway/worker-core';

/** How many processes of a control group the kernel has killed for want of memory; 0 when the group is gone. */
export const outOfMemoryKills = async (
  cgroupsPath: string,
  cgroups: HostMachine['cgroups'],
): Promise<number> => {
  const file =
    cgroups === 'v1'
      ? join('/sys/fs/cgroup/memory', cgroupsPath, 'memory.oom_control')
      : join('/sys/fs/cgroup', cgroupsPath, 'memory.events');
  const text = await readFile(file, 'utf8').catch(() => '');
  return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0);
};
