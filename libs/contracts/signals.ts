import type { WorkerId } from './ids.js';

/** Signals carry nothing that matters: who misses one finds the same out at the next poll. */
export const nudgeSubject = (workerId: WorkerId): string => `signals.nudge-worker.${workerId}`;

/** A service says that it is up, so that those who wait on it ask again at once. */
export const serviceUpSubject = (service: string): string => `signals.service-up.${service}`;

/** Items came into a partition of a queue; both parts are hexadecimal or ids. */
export const queueFilledSubject = (queueId: string, partition: string): string =>
  `signals.queue-filled.${queueId}.${partition}`;
