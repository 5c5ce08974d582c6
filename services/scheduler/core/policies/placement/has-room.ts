import type { Resources } from '@slipway/contracts';
import { placeTask, type Candidate } from './place-task.js';

/** Whether a container fits somewhere, be the worker busy with starts or not. */
export const hasRoom = (need: Resources, candidates: readonly Candidate[]): boolean =>
  placeTask(
    need,
    candidates.map((worker) => ({ ...worker, freeStarts: 1 })),
  ) !== undefined;
