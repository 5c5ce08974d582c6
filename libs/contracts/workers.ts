import type { Instant } from '@slipway/kernel';
import type { WorkerId } from './ids.js';
import type { WorkerCapacity } from './tasks.js';

/** A worker as the scheduler knows it. */
export type WorkerView = Readonly<{
  workerId: WorkerId;
  bootId: string;
  capacity: WorkerCapacity;
  status: 'present' | 'lost';
  /** Set while it is drained: why its host is to go. */
  leaving?: string;
  /** Containers on it that have not ended; a drained worker with none may go. */
  containers: number;
  runningInputs: number;
  lastSyncAt?: Instant;
}>;

/** `inputs`: what runs there may `finish`, or goes back into the queue at once, for a host that is about to be taken. */
export type DrainWorker = Readonly<{
  workerId: WorkerId;
  reason: string;
  inputs: 'finish' | 'requeue';
}>;
