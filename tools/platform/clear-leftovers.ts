import { globSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runQuietly } from '../terminal/run-quietly.ts';
import { clearNetworks } from './clear-networks.ts';
import type { Home } from './home.ts';
import { mountsBelow } from './mounts-below.ts';

/**
 * Removes what containers of this platform left after their worker was killed: processes that were started with a path
 * of its data, mounts below its folder, and the cgroups and networks of workers whose names carry its instance.
 */
export const clearLeftovers = async (home: Home): Promise<string[]> => {
  const { processes, mounts } = await clearFolder(home.data);
  const groups = globSync(`/sys/fs/cgroup/{,*/}slipway-worker-*-${home.instance}`).flatMap(groupsBelow);
  for (const group of groups) removeGroup(group);
  const networks = await clearNetworks(home.instance);
  return [
    [processes, 'processes'],
    [mounts, 'mounts'],
    [groups.length, 'cgroups'],
    [networks, 'networks'],
  ]
    .filter(([count]) => Number(count) > 0)
    .map(([count, what]) => `${count} ${what}`);
};

/** Ends the processes that were started with a path below a folder, and undoes the mounts there. */
export const clearFolder = async (
  folder: string,
): Promise<Readonly<{ processes: number; mounts: number }>> => {
  const processes = processesWith(`${folder}/`);
  for (const pid of processes) killQuietly(pid);
  if (processes.length > 0) await sleep(200);
  const mounts = mountsBelow(folder, readFileSync('/proc/self/mounts', 'utf8'));
  for (const mount of mounts) await runQuietly('umount', ['--lazy', mount]);
  return { processes: processes.length, mounts: mounts.length };
};

const processesWith = (path: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid && commandLine(pid).includes(path));

const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};

const killQuietly = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
};

/** A cgroup and all below it, the deepest first. */
const groupsBelow = (group: string): string[] => [
  ...readdirSync(group, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => groupsBelow(`${group}/${name}`)),
  group,
];

const removeGroup = (group: string): void => {
  try {
    for (const pid of readFileSync(`${group}/cgroup.procs`, 'utf8').split('\n').map(Number))
      if (pid > 1) killQuietly(pid);
    rmdirSync(group);
  } catch {
    // A process in it is still ending; the worker's next start removes it.
  }
};
