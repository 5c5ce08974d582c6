import type { ContainerUsage, ExitReason, GpuDevice, TaskAssignment, WorkerId } from '@slipway/contracts';
import type { MeasuredUsage, ReservedResources } from './usage-meter.js';

const MIB = 1024 * 1024;
const NS_PER_MS = 1_000_000;

/** Whose machine measures, and where it stands. */
export type UsagePlace = Readonly<{ workerId: WorkerId; region?: string; vendor?: string }>;

/** What a task keeps from others while it runs. */
export const reservedResources = (
  { resources, gpuIndexes }: Pick<TaskAssignment, 'resources' | 'gpuIndexes'>,
  devices: readonly GpuDevice[],
): ReservedResources => {
  const own = devices.filter(({ index }) => gpuIndexes.includes(index));
  const types = [...new Set(own.map(({ type }) => type))];
  return {
    milliCpu: Math.round(resources.milliCpu),
    memoryBytes: Math.round(resources.memoryMiB) * MIB,
    diskBytes: Math.round(resources.ephemeralDiskMiB ?? 0) * MIB,
    gpus: types.map((type) => {
      const alike = own.filter((device) => device.type === type);
      return { type, count: alike.length, simulated: alike.some(({ simulated }) => simulated) };
    }),
  };
};

/** A fact of what was measured. `startedAtMs` is what the host's clock showed when the container's own was at 0. */
export const containerUsage = (
  task: TaskAssignment,
  place: UsagePlace,
  { startedNs, ...measured }: MeasuredUsage,
  { sequence, startedAtMs, end }: Readonly<{ sequence: number; startedAtMs: number; end?: ExitReason }>,
): ContainerUsage => ({
  kind: 'container',
  containerId: task.taskId,
  sequence,
  ...(end !== undefined && { end }),
  ...place,
  workspaceId: task.workspaceId,
  environment: task.environment,
  appId: task.appId,
  appName: task.appName ?? '',
  functionId: task.baseFunctionId,
  functionTag: task.functionTag,
  purpose: task.purpose,
  tags: task.tags ?? {},
  preemptible: task.preemptible ?? true,
  fromMs: startedAtMs + Math.floor(startedNs / NS_PER_MS),
  ...measured,
});
