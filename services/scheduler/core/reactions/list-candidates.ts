import { mayPlace, type FunctionSpec } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import type { Candidate } from '../policies/placement/place-task.js';
import { trialOf } from '../policies/starts/judge-worker.js';

/** How many containers a worker starts at once, by its cores: more would only make each of them slower. */
const STARTS_PER_CORE = 2;

type Wanted = Pick<FunctionSpec, 'imageId' | 'placement'>;

/** The workers that may take a new container of a function, with what they have left. */
export const candidates = (
  engine: Engine,
  fn: Wanted,
  demandKey: string,
  at: Instant,
): readonly Candidate[] => {
  const { state, presence } = engine;
  const list: Candidate[] = [];
  for (const worker of state.workers.values()) {
    const contact = presence.workers.get(worker.workerId);
    if (worker.status === 'lost' || worker.leaving !== undefined || contact === undefined || contact.draining)
      continue;
    const { capacity } = worker;
    if (!mayPlace(fn.placement, capacity.host)) continue;
    let { milliCpu, memoryMiB } = capacity;
    let starting = 0;
    let ofGroup = 0;
    const usedGpus = new Set<number>();
    for (const taskId of state.tasksOfWorker.get(worker.workerId) ?? []) {
      const task = state.tasks.get(taskId);
      if (task === undefined) continue;
      milliCpu -= task.milliCpu;
      memoryMiB -= task.memoryMiB;
      if (task.status === 'starting') starting += 1;
      if (task.demandKey === demandKey && task.status !== 'stopping') ofGroup += 1;
      task.gpuIndexes.forEach((index) => usedGpus.add(index));
    }
    const trouble = presence.workerTroubles.get(worker.workerId);
    list.push({
      workerId: worker.workerId,
      freeMilliCpu: milliCpu,
      freeMemoryMiB: memoryMiB,
      freeGpus: capacity.gpus.filter((gpu) => !usedGpus.has(gpu.index)),
      hasImage: contact.cachedImageIds.has(fn.imageId),
      freeStarts: Math.max(2, Math.floor((capacity.milliCpu / 1000) * STARTS_PER_CORE)) - starting,
      ...(trouble === undefined ? {} : trialOf(trouble, starting, at)),
      ...(capacity.host === undefined ? {} : { offerId: capacity.host.offerId }),
      ofGroup,
    });
  }
  return list;
};
