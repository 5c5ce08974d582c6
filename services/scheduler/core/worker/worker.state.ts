import type { WorkerCapacity, WorkerId } from '@slipway/contracts';
import type { WorkerEvent } from './worker.events.js';

export type Worker = Readonly<{
  workerId: WorkerId;
  bootId: string;
  capacity: WorkerCapacity;
  status: 'present' | 'lost';
}>;

export const evolveWorker = (worker: Worker | undefined, event: WorkerEvent): Worker => {
  switch (event.type) {
    case 'worker-joined':
      return { ...event.data, status: 'present' };
    case 'worker-lost':
      if (worker === undefined) throw new Error(`worker-lost of the unknown worker ${event.data.workerId}`);
      return { ...worker, status: 'lost' };
    default:
      return event satisfies never;
  }
};
