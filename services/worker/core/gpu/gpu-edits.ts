import type { BoundPath } from '../oci-config/container-mounts.js';

/** A device node of the host that a container may open. */
export type DeviceNode = Readonly<{ path: string; major: number; minor: number }>;

/** What a container must be given so that something works in it. */
export type GpuEdits = Readonly<{
  deviceNodes: readonly DeviceNode[];
  /** Libraries and programs of the host's driver. */
  bound: readonly BoundPath[];
  env: Readonly<Record<string, string>>;
}>;

/** What every container with a GPU of this host needs, and what each GPU adds, by its index. */
export type HostGpuAccess = Readonly<{ common: GpuEdits; perGpu: ReadonlyMap<number, GpuEdits> }>;

export const NO_EDITS: GpuEdits = { deviceNodes: [], bound: [], env: {} };

export const mergeEdits = (edits: readonly GpuEdits[]): GpuEdits => ({
  deviceNodes: edits.flatMap((edit) => edit.deviceNodes),
  bound: edits.flatMap((edit) => edit.bound),
  env: Object.assign({}, ...edits.map((edit) => edit.env)) as Record<string, string>,
});

/** The files of the host's driver as a container with a GPU sees them: no part of what it leaves. */
export const lentWithGpus = ({ common }: HostGpuAccess): readonly string[] =>
  common.bound.map(({ destination }) => destination);
