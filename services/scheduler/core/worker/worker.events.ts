import type { WorkerCapacity, WorkerId } from '@slipway/contracts';

export type WorkerJoined = {
  type: 'worker-joined';
  data: { workerId: WorkerId; bootId: string; capacity: WorkerCapacity };
};
export type WorkerLost = {
  type: 'worker-lost';
  data: { workerId: WorkerId; bootId: string; reason: string };
};

/** The host is to go: its containers finish what they have and get no more. */
export type WorkerDrainRequested = {
  type: 'worker-drain-requested';
  data: { workerId: WorkerId; reason: string };
};
export type WorkerDrainCancelled = { type: 'worker-drain-cancelled'; data: { workerId: WorkerId } };

export type WorkerEvent = WorkerJoined | WorkerLost | WorkerDrainRequested | WorkerDrainCancelled;
