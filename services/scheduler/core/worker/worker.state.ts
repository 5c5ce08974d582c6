import type { WorkerCapacity, WorkerId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { WorkerEvent } from './worker.events.js';

export type Worker = Readonly<{
  workerId: WorkerId;
  bootId: string;
  capacity: WorkerCapacity;
  status: 'present' | 'lost';
  /** Missing for one that was lost before it was noted. */
  lostAt?: Instant;
  /** Set while the worker is drained: why its host is to go. */
  leaving?: string;
  /** The boots that others took the place of, the newest last. */
  replaced?: readonly string[];
}>;

const MOST_REPLACED = 200;

export const evolveWorker = (worker: Worker | undefined, event: WorkerEvent, at: Instant): Worker => {
  switch (event.type) {
    case 'worker-joined':
      // The host that is to go is still to go when its process starts anew.
      return {
        ...event.data,
        status: 'present',
        ...(worker?.leaving === undefined ? {} : { leaving: worker.leaving }),
        ...replacedBy(worker, event.data.bootId),
      };
    case 'worker-lost':
      return { ...known(worker, event), status: 'lost', lostAt: at };
    case 'worker-drain-requested':
      return { ...known(worker, event), leaving: event.data.reason };
    case 'worker-drain-cancelled': {
      const { leaving: _, ...serving } = known(worker, event);
      return serving;
    }
    default:
      return event satisfies never;
  }
};

const replacedBy = (worker: Worker | undefined, bootId: string): Pick<Worker, 'replaced'> => {
  const { replaced = [] } = worker ?? {};
  const now = [...replaced, ...(worker ? [worker.bootId] : [])].filter((other) => other !== bootId);
  return now.length === 0 ? {} : { replaced: now.slice(-MOST_REPLACED) };
};

const known = (worker: Worker | undefined, event: WorkerEvent): Worker => {
  if (worker === undefined) throw new Error(`${event.type} of the unknown worker ${event.data.workerId}`);
  return worker;
};
