import type { WorkerCapacity, WorkerId } from '@slipway/contracts';
import { refuse, type Decision } from '@slipway/kernel';
import type { WorkerEvent } from './worker.events.js';
import type { Worker } from './worker.state.js';

/** How long a worker may be silent before its containers are given up. */
export const WORKER_LEASE_MS = 10_000;

/**
 * A new boot of a known worker loses the old one first: none of its containers live on. The old one does not come back: where it is
 * heard of again it is another process, and the two would end each other's containers for ever.
 */
export const joinWorker = (
  worker: Worker | undefined,
  joining: Readonly<{ workerId: WorkerId; bootId: string; capacity: WorkerCapacity }>,
): Decision<WorkerEvent> => {
  if (worker?.status === 'present' && worker.bootId === joining.bootId)
    return JSON.stringify(worker.capacity) === JSON.stringify(joining.capacity)
      ? []
      : [{ type: 'worker-joined', data: joining }];
  if (worker?.bootId !== joining.bootId && worker?.replaced?.includes(joining.bootId))
    return refuse(
      'conflict',
      'worker-id-taken',
      `a worker that was started later has the id ${joining.workerId}: this one gets no containers; give each machine its own WORKER_ID and start this worker anew`,
    );
  const lost = worker?.status === 'present' ? loseWorker(worker, 'the worker was started anew') : [];
  return [...(lost as readonly WorkerEvent[]), { type: 'worker-joined', data: joining }];
};

export const loseWorker = (worker: Worker, reason: string): Decision<WorkerEvent> =>
  worker.status === 'lost'
    ? []
    : [{ type: 'worker-lost', data: { workerId: worker.workerId, bootId: worker.bootId, reason } }];

/** Asked again, a drain is no news; nor is one of a worker that is gone. */
export const drainWorker = (worker: Worker, reason: string): Decision<WorkerEvent> =>
  worker.status === 'lost' || worker.leaving !== undefined
    ? []
    : [{ type: 'worker-drain-requested', data: { workerId: worker.workerId, reason } }];

export const keepWorker = (worker: Worker): Decision<WorkerEvent> =>
  worker.leaving === undefined
    ? []
    : [{ type: 'worker-drain-cancelled', data: { workerId: worker.workerId } }];
