import type { Fence } from '@slipway/kernel';
import { ShardLease } from '@slipway/event-store';
import type { Logger } from '@slipway/telemetry';
import type { CapacityPlannerConfig } from '../config.js';
import { openStore, SCHEMA, type Store } from '../store/open-store.js';

export type Leadership = Readonly<{ store: Store; fence: Fence; resign: () => Promise<void> }>;

const SHARD = 'planner';

/** Waits for the planner's lease and keeps it: one process at a time plans and buys. Losing it ends the process. */
export const leadPlanner = async (config: CapacityPlannerConfig, logger: Logger): Promise<Leadership> => {
  const store = await openStore(config.databaseUrl);
  const { holder, leaseMs } = config;
  const lease = new ShardLease(store.pool, SCHEMA, { shard: SHARD, holder, leaseMs });
  const fence = await lease.acquire();
  await store.log.findEnd();
  logger.info({ epoch: fence.epoch }, 'leads the planning');
  const timer = setInterval(() => {
    lease.renew(fence).then(
      (kept) => {
        if (kept) return;
        logger.fatal({ epoch: fence.epoch }, 'another process leads the planning now');
        process.exit(1);
      },
      (error: unknown) => logger.error({ err: error }, 'the lease could not be renewed'),
    );
  }, leaseMs / 3);
  return {
    store,
    fence,
    resign: async () => {
      clearInterval(timer);
      await lease.release(fence);
      await store.orm.close();
    },
  };
};
