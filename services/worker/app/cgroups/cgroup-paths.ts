import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostMachine } from '@slipway/worker-core';

const ROOT = '/sys/fs/cgroup';

/** The control group of one container; the folder above it is the task's, and the one above that the worker's. */
export const containerCgroup = (workerId: string, containerId: string): string =>
  `${workerCgroup(workerId)}/${containerId}/box`;

export const workerCgroup = (workerId: string): string => `/slipway-${workerId}`;

/** Where a control group is to be found: in one tree, or with v1 in a tree for each kind of limit. */
export const cgroupFolders = (path: string, cgroups: HostMachine['cgroups']): readonly string[] =>
  cgroups === 'v2' ? [join(ROOT, path)] : readdirSync(ROOT).map((controller) => join(ROOT, controller, path));

export const memoryFolder = (path: string, cgroups: HostMachine['cgroups']): string =>
  cgroups === 'v2' ? join(ROOT, path) : join(ROOT, 'memory', path);

export const cpuFolder = (path: string, cgroups: HostMachine['cgroups']): string =>
  cgroups === 'v2' ? join(ROOT, path) : join(ROOT, 'cpuacct', path);
