import type { WorkerCapacity, WorkerId } from '@slipway/contracts';

export type WorkerJoined = {
  type: 'worker-joined';
  data: { workerId: WorkerId; bootId: string; capacity: WorkerCapacity };
};
export type WorkerLost = {
  type: 'worker-lost';
  data: { workerId: WorkerId; bootId: string; reason: string };
};

export type WorkerEvent = WorkerJoined | WorkerLost;
