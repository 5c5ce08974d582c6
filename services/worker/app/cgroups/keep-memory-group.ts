import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OciConfig } from '@slipway/worker-core';
import { memoryFolder } from './cgroup-paths.js';

/**
 * Makes the memory group of a container (v1) before its runtime does. A runtime that finds the group leaves it alone and
 * leaves it behind, so that its out-of-memory count can be read afterwards.
 */
export const keepMemoryGroup = async ({ linux }: OciConfig): Promise<void> => {
  const folder = memoryFolder(linux.cgroupsPath, 'v1');
  const { limit, swap } = linux.resources.memory;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'memory.limit_in_bytes'), `${limit}`);
  if (swap !== undefined) await writeFile(join(folder, 'memory.memsw.limit_in_bytes'), `${swap}`);
};
