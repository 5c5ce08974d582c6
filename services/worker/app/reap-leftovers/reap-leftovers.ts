import { readFile, readdir } from 'node:fs/promises';
import { CONTAINERS_PER_BLOCK, type HostMachine, type WorkerNetwork } from '@slipway/worker-core';
import { removeContents } from '../caches/remove-contents.js';
import { workerCgroup } from '../cgroups/cgroup-paths.js';
import { removeCgroups } from '../cgroups/remove-cgroups.js';
import { tryCommand } from '../command/run-command.js';
import type { WorkerFolders } from '../host/worker-folders.js';
import { namespacePrefix, removeContainerNetwork } from '../network/container-network.js';
import type { ContainerRuntime } from '../runtime/container-runtime.js';
import { reapVolumes } from '../volumes/reap-volumes.js';
import { endRuntimeProcesses } from './end-runtime-processes.js';

/** /proc/mounts writes blanks and the like as octal. */
const unescaped = (path: string): string =>
  path.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

const unmountBelow = async (folder: string): Promise<void> => {
  const mounts = (await readFile('/proc/self/mounts', 'utf8'))
    .split('\n')
    .map((line) => unescaped(line.split(' ')[1] ?? ''))
    .filter((path) => path.startsWith(`${folder}/`));
  // The one mounted last goes first.
  for (const path of mounts.toReversed()) await tryCommand('umount', ['-l', path]);
};

const removeNetworks = async (network: WorkerNetwork): Promise<void> => {
  const prefix = namespacePrefix(network);
  const namespaces = await readdir('/run/netns').catch(() => []);
  const places = namespaces
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number(name.slice(prefix.length)))
    .filter((place) => place < CONTAINERS_PER_BLOCK);
  for (const place of places) await removeContainerNetwork(network, place);
};

/**
 * Removes everything that an earlier boot of this worker left, for the scheduler takes its containers for gone: found by
 * the worker's own folders and by names that carry its id or its block of addresses.
 */
export const reapLeftovers = async (
  workerId: string,
  folders: WorkerFolders,
  runtime: ContainerRuntime,
  machine: HostMachine,
  network: WorkerNetwork,
): Promise<readonly string[]> => {
  await endRuntimeProcesses(folders.runtimeState);
  const left = await runtime.list().catch(() => []);
  await Promise.all(left.map((id) => runtime.remove(id)));
  // Processes that the runtime no longer knows of are still in the worker's control group.
  await removeCgroups(workerCgroup(workerId), machine.cgroups);
  await unmountBelow(folders.containers);
  await reapVolumes(folders.volumes);
  await removeNetworks(network);
  await Promise.all([removeContents(folders.containers), removeContents(folders.sockets)]);
  return left;
};
