import type { BoundPath } from '../oci-config/container-mounts.js';
import type { DeviceNode, GpuEdits, HostGpuAccess } from './gpu-edits.js';

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

export const isNvidiaCdi = (value: unknown): value is CdiSpec =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'nvidia.com/gpu' &&
  'devices' in value &&
  Array.isArray(value.devices);

/**
 * What a CDI specification says of this host's GPUs. Its hooks, which make the links and the cache of the loader, are not run:
 * each driver library is bound under its major version's name too, which is what programs ask for.
 */
export const accessOfCdi = (
  spec: CdiSpec,
  nodeOf: (path: string) => DeviceNode | undefined,
): HostGpuAccess => ({
  common: editsOf(spec.containerEdits ?? {}, nodeOf),
  perGpu: new Map(
    spec.devices
      .filter(({ name }) => /^\d+$/.test(name))
      .map(({ name, containerEdits }) => [Number(name), editsOf(containerEdits ?? {}, nodeOf)]),
  ),
});

const editsOf = (
  { env = [], deviceNodes = [], mounts = [] }: CdiContainerEdits,
  nodeOf: (path: string) => DeviceNode | undefined,
): GpuEdits => ({
  deviceNodes: deviceNodes.flatMap(({ path, hostPath }) => {
    const node = nodeOf(hostPath ?? path);
    return node === undefined ? [] : [{ ...node, path }];
  }),
  bound: mounts.flatMap(({ hostPath, containerPath }) => boundPaths(hostPath, containerPath)),
  env: Object.fromEntries(
    env.map((entry) => {
      const [name = '', ...rest] = entry.split('=');
      return [name, rest.join('=')];
    }),
  ),
});

const LIBRARY = /^(.*\/lib[^/]+\.so)\.\d+\.[\d.]+$/;

const boundPaths = (source: string, destination: string): readonly BoundPath[] => {
  const [, stem] = LIBRARY.exec(destination) ?? [];
  return [destination, ...(stem === undefined ? [] : [`${stem}.1`])].map((path) => ({
    source,
    destination: path,
    access: 'read',
  }));
};
