import type { BoundPath } from '../oci-config/container-mounts.js';
import { bindLibraries, hasCuda, type DriverLibrary } from './driver-libraries.js';
import type { DeviceNode, GpuEdits } from './gpu-edits.js';

type CdiContainerEdits = Readonly<{
  env?: readonly string[];
  deviceNodes?: readonly Readonly<{ path: string; hostPath?: string }>[];
  mounts?: readonly Readonly<{ hostPath: string; containerPath: string }>[];
}>;

/** The part of a Container Device Interface specification (github.com/cncf-tags/container-device-interface, SPEC.md) that we use. */
export type CdiSpec = Readonly<{
  kind: string;
  devices: readonly Readonly<{ name: string; containerEdits?: CdiContainerEdits }>[];
  containerEdits?: CdiContainerEdits;
}>;

/** What is looked up on the host for a specification, which may be older than the driver. */
export type HostFiles = Readonly<{
  nodeOf: (path: string) => DeviceNode | undefined;
  /** A file as a library with the names beside it; undefined where there is no such file. */
  libraryAt: (path: string) => DriverLibrary | undefined;
  exists: (path: string) => boolean;
}>;

export const isNvidiaCdi = (value: unknown): value is CdiSpec =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'nvidia.com/gpu' &&
  'devices' in value &&
  Array.isArray(value.devices);

/**
 * What a specification gives to every container with a GPU; undefined where its libcuda is not the driver's. Its
 * hooks, which make links and the cache of the loader, are not run: libraries stand in a folder of their own instead.
 */
export const commonOfCdi = (
  { containerEdits = {} }: CdiSpec,
  host: HostFiles,
  driverVersion: string,
): GpuEdits | undefined => {
  const mounts = containerEdits.mounts ?? [];
  const libraries = mounts
    .filter(({ hostPath }) => LIBRARY.test(hostPath))
    .map(({ hostPath }) => host.libraryAt(hostPath))
    .filter((library) => library !== undefined);
  if (!hasCuda(libraries, driverVersion)) return undefined;
  return {
    deviceNodes: nodesOf(containerEdits, host),
    bound: [
      ...bindLibraries(libraries),
      ...mounts
        .filter(({ hostPath }) => !LIBRARY.test(hostPath) && host.exists(hostPath))
        .map(({ hostPath, containerPath }): BoundPath => ({
          source: hostPath,
          destination: containerPath,
          access: 'read',
        })),
    ],
    env: Object.fromEntries(
      (containerEdits.env ?? []).map((entry) => {
        const [name = '', ...rest] = entry.split('=');
        return [name, rest.join('=')];
      }),
    ),
  };
};

/** The nodes of one GPU, which a specification names by its index or by its id. */
export const nodesOfGpu = (
  { devices }: CdiSpec,
  { index, uuid }: Readonly<{ index: number; uuid: string }>,
  host: HostFiles,
): readonly DeviceNode[] => {
  const device = devices.find(({ name }) => name === String(index) || name === uuid);
  return nodesOf(device?.containerEdits ?? {}, host);
};

const nodesOf = ({ deviceNodes = [] }: CdiContainerEdits, { nodeOf }: HostFiles): readonly DeviceNode[] =>
  deviceNodes.flatMap(({ path, hostPath }) => {
    const node = nodeOf(hostPath ?? path);
    return node === undefined ? [] : [{ ...node, path }];
  });

const LIBRARY = /\/lib[^/]+\.so\.[\d.]+$/;
