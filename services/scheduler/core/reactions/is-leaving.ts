import type { Engine } from '../engine.js';
import type { LiveTask } from '../task/task.state.js';
import { isOutdated } from './is-outdated.js';

/** Whether the container finishes what it has and gets no more: its version is over, or its host is to go. */
export const isLeaving = (engine: Engine, task: LiveTask): boolean =>
  engine.state.workers.get(task.workerId)?.leaving !== undefined || isOutdated(engine, task);
