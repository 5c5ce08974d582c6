import { chooseGpus, type GpuDevice, type Resources, type WorkerId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** A worker as placement sees it: what is free, and how near the image is. */
export type Candidate = Readonly<{
  workerId: WorkerId;
  freeMilliCpu: number;
  freeMemoryMiB: number;
  freeGpus: readonly GpuDevice[];
  hasImage: boolean;
  /** How many more containers it will start at once. */
  freeStarts: number;
  /** Set where the platform fails starts: it gets none before that where another worker could serve. */
  passedOverUntil?: Instant;
  /** What the capacity planner bought it as; a site's own machine has none. */
  offerId?: string;
  /** Containers of the same group of demand that it runs. */
  ofGroup?: number;
}>;

export type Placement = Readonly<{ workerId: WorkerId; gpuIndexes: readonly number[] }>;

/**
 * The file is the answer to "where is a task placed?": of the workers it fits on, one that has the image,
 * then the fullest (best fit keeps large gaps whole). GPU types are tried in the order in which the function names them.
 */
export const placeTask = (need: Resources, candidates: readonly Candidate[]): Placement | undefined => {
  const fitting = candidates
    .filter(
      (worker) =>
        worker.freeStarts > 0 &&
        worker.freeMilliCpu >= need.milliCpu &&
        worker.freeMemoryMiB >= need.memoryMiB,
    )
    .toSorted((a, b) => Number(b.hasImage) - Number(a.hasImage) || a.freeMemoryMiB - b.freeMemoryMiB);
  if (need.gpus.length === 0) return fitting[0] && { workerId: fitting[0].workerId, gpuIndexes: [] };
  for (const gpu of need.gpus)
    for (const worker of fitting) {
      const gpuIndexes = chooseGpus(gpu, worker.freeGpus);
      if (gpuIndexes !== undefined) return { workerId: worker.workerId, gpuIndexes };
    }
  return undefined;
};
