import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  containerConfig,
  type BoundPath,
  type ContainerLimits,
  type ContainerUser,
  type DeviceNode,
  type Environment,
  type OciProcess,
} from '@slipway/worker-core';
import { markUsed } from '../caches/mark-used.js';
import { containerCgroup } from '../cgroups/cgroup-paths.js';
import { outOfMemoryKills } from '../cgroups/out-of-memory-kills.js';
import { removeCgroups } from '../cgroups/remove-cgroups.js';
import {
  hostInterface,
  makeContainerNetwork,
  removeContainerNetwork,
  type ContainerNetwork,
} from '../network/container-network.js';
import type { ContainerDisk } from '../root-file-system/container-disks.js';
import { mountRoot, unmountRoot } from '../root-file-system/mount-root.js';
import { temporaryFolderOf } from '../root-file-system/temporary-folder.js';
import type { RunningContainer } from '../runtime/container-runtime.js';
import type { UsageSources } from '../usage/read-usage.js';
import type { WorkerHost } from '../worker-host.js';

/** A root file system and a network, ready for a program. */
export type IsolatedContainer = Readonly<{
  id: string;
  folder: string;
  root: string;
  disk: ContainerDisk;
  network: ContainerNetwork;
  reach: 'open' | 'blocked';
}>;

export type Program = Readonly<{
  args: readonly string[];
  env: Environment;
  cwd: string;
  user: ContainerUser;
  limits: ContainerLimits;
  purpose: 'serve' | 'build';
  bound: readonly BoundPath[];
  deviceNodes: readonly DeviceNode[];
}>;

/** A container's own program, and as what it was started. */
export type RunningProgram = RunningContainer & Readonly<{ process: OciProcess }>;

/** It names a folder and a cgroup, which are removed with all that is in them. */
const CONTAINER_ID = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** What can be made before the image is known: the disk and the network of a container. */
export const prepareContainer = async (
  host: WorkerHost,
  id: string,
  {
    diskMiB,
    promisedDiskMiB = diskMiB,
    reach,
  }: Readonly<{ diskMiB: number; promisedDiskMiB?: number; reach: 'open' | 'blocked' }>,
): Promise<Omit<IsolatedContainer, 'root'>> => {
  if (!CONTAINER_ID.test(id)) throw new Error(`${JSON.stringify(id)} is no name of a container`);
  const folder = join(host.folders.containers, id);
  await mkdir(folder, { recursive: true });
  const place = host.places.take();
  const begun = [
    host.disks.make(folder, diskMiB, promisedDiskMiB),
    makeContainerNetwork(host.network, place, reach),
  ] as const;
  // What one of them has made is taken away only when the other makes nothing more.
  await Promise.allSettled(begun);
  try {
    const [disk, network] = await Promise.all(begun);
    return { id, folder, disk, network, reach };
  } catch (error) {
    await removeContainerNetwork(host.network, place);
    host.places.free(place);
    await host.disks.remove(folder);
    throw error;
  }
};

/** Lays the lower folders, lowest first, under the container's disk. */
export const layRoot = async (
  prepared: Omit<IsolatedContainer, 'root'>,
  lowerFolders: readonly string[],
): Promise<IsolatedContainer> => {
  // Some were asked for long ago, while others were fetched.
  for (const folder of lowerFolders) markUsed(folder);
  return { ...prepared, root: await mountRoot(prepared.folder, lowerFolders) };
};

export const runProgram = async (
  host: WorkerHost,
  { id, folder, root, network, reach }: IsolatedContainer,
  program: Program,
): Promise<RunningProgram> => {
  const { bound, ...rest } = program;
  const config = containerConfig(
    {
      ...rest,
      hostname: 'slipway',
      rootPath: root,
      cgroupsPath: containerCgroup(host.config.workerId, id),
      networkNamespacePath: network.namespacePath,
      bound: [
        ...(reach === 'open'
          ? [{ source: host.resolverFile, destination: '/etc/resolv.conf', access: 'read' } as const]
          : []),
        ...(await temporaryFolderOf(root)),
        ...bound,
      ],
    },
    host.machine,
    host.runtime.name,
  );
  return { ...(await host.runtime.run(id, folder, config)), process: config.process };
};

export const countOutOfMemoryKills = (host: WorkerHost, { id }: Readonly<{ id: string }>): Promise<number> =>
  outOfMemoryKills(containerCgroup(host.config.workerId, id), host.machine.cgroups);

/** Where the kernel counts what a container uses. */
export const usageSources = (
  { config, machine, network: own }: WorkerHost,
  { id, disk, network }: IsolatedContainer,
): UsageSources => ({
  cgroups: machine.cgroups,
  cgroupPath: containerCgroup(config.workerId, id),
  diskFolder: disk.folder,
  networkInterface: hostInterface(own, network.place),
});

/** Ends what still runs and takes everything away. */
export const removeContainer = async (
  host: WorkerHost,
  { id, folder, network }: Omit<IsolatedContainer, 'root'>,
): Promise<void> => {
  await host.runtime.remove(id);
  await removeCgroups(`/slipway-${host.config.workerId}/${id}`, host.machine.cgroups);
  await unmountRoot(folder);
  await Promise.all([host.disks.remove(folder), removeContainerNetwork(host.network, network.place)]);
  host.places.free(network.place);
  await rm(folder, { recursive: true, force: true });
};
