import type { Resources, SpendCeiling, WorkerCapacity } from '@slipway/contracts';

/** The most that a container can use on any of the workers: what has no limit of its own is limited by its host. */
export const spendCeiling = (resources: Resources, workers: readonly WorkerCapacity[]): SpendCeiling => {
  const { milliCpu, milliCpuLimit, memoryMiB, memoryLimitMiB, ephemeralDiskMiB, gpus } = resources;
  const most = (of: (worker: WorkerCapacity) => number): number => Math.max(0, ...workers.map(of));
  const types = [...new Set(workers.flatMap((worker) => worker.gpus.map(({ type }) => type)))];
  return {
    milliCpu: Math.max(milliCpu, milliCpuLimit || most((worker) => worker.milliCpu)),
    memoryMiB: Math.max(memoryMiB, memoryLimitMiB || most((worker) => worker.memoryMiB)),
    diskMiB: ephemeralDiskMiB ?? 0,
    gpus: gpus.flatMap(({ type, count }) =>
      type === 'any' ? types.map((known) => ({ type: known, count })) : [{ type, count }],
    ),
  };
};
