import { setInterval } from 'node:timers';
import { openLog, type OpenedLog, type ShardLease } from '@slipway/event-store';
import type { Fence } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import { replayLog, type HotState } from '@slipway/scheduler-core';
import type { SchedulerConfig } from '../../config.js';

export type Leadership = Readonly<{
  opened: OpenedLog;
  fence: Fence;
  state: HotState;
  position: number;
  resign: () => Promise<void>;
}>;

/** Waits for the shard's lease, reads the log up to its end, and keeps the lease. Losing it ends the process. */
export const leadShard = async (config: SchedulerConfig, logger: Logger): Promise<Leadership> => {
  const opened = await openLog({ databaseUrl: config.databaseUrl, schema: 'scheduler' });
  const { shard, holder, leaseMs } = config;
  const lease = opened.leaseOf({ shard, holder, leaseMs });
  const fence = await lease.acquire();
  const startedAt = performance.now();
  const snapshot = await opened.snapshotsOf(shard).load();
  const { state, position, replayedEvents } = await replayLog(opened.log, snapshot);
  await opened.log.findEnd();
  const replayMs = Math.round(performance.now() - startedAt);
  logger.info({ epoch: fence.epoch, position, replayedEvents, replayMs }, 'leads the shard');
  const timer = keep(lease, fence, leaseMs, logger);
  return {
    opened,
    fence,
    state,
    position,
    resign: async () => {
      clearInterval(timer);
      await lease.release(fence);
    },
  };
};

const keep = (lease: ShardLease, fence: Fence, leaseMs: number, logger: Logger): NodeJS.Timeout =>
  setInterval(() => {
    lease.renew(fence).then(
      (kept) => {
        if (kept) return;
        logger.fatal({ epoch: fence.epoch }, 'another process leads the shard now');
        process.exit(1);
      },
      (error: unknown) => logger.error({ err: error }, 'the lease could not be renewed'),
    );
  }, leaseMs / 3);
