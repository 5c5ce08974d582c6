import type { SqlPool } from '@slipway/event-store';
import type { QueueWaiters } from '../../queues/queue-waiters.js';
import { QueueItems } from './queue-items.js';
import { QueuePartitions } from './queue-partitions.js';
import { StateObjects } from './state-objects.js';

/** Queues: their names, what comes in, what goes out, and who waits. */
export class Queues {
  readonly objects: StateObjects;
  readonly partitions: QueuePartitions;
  readonly items: QueueItems;

  constructor(
    pool: SqlPool,
    readonly waiters: QueueWaiters,
  ) {
    this.objects = new StateObjects(pool, 'queue');
    this.partitions = new QueuePartitions(pool);
    this.items = new QueueItems(pool);
  }
}
