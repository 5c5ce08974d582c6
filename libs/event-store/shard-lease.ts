import { setTimeout as pause } from 'node:timers/promises';
import type { Fence } from '@slipway/kernel';
import type { SqlPool } from './database.js';
import { isDatabaseAway } from './database-errors.js';

export type LeaseOptions = Readonly<{ shard: string; holder: string; leaseMs: number }>;

/**
 * How a shard changes its leader: whoever finds the lease free, expired, or its own takes it and raises the epoch.
 * From then on every append under the old epoch fails, so a paused old leader can do no harm.
 * Expiry is judged by the database's clock alone.
 */
export class ShardLease {
  constructor(
    private readonly pool: SqlPool,
    private readonly schema: string,
    private readonly options: LeaseOptions,
  ) {}

  /** Waits until the shard is ours. A process that comes back under the same holder name does not wait for its own old lease. */
  async acquire(): Promise<Fence> {
    const { shard, holder, leaseMs } = this.options;
    for (;;) {
      const epoch = await this.query(
        `insert into "${this.schema}".shard_lease as held (shard, epoch, holder, expires_at)
         values ($1, 1, $2, now() + $3::double precision * interval '1 millisecond')
         on conflict (shard) do update
           set epoch = held.epoch + 1, holder = excluded.holder, expires_at = excluded.expires_at
           where held.expires_at < now() or held.holder = excluded.holder
         returning epoch`,
        [shard, holder, leaseMs],
      );
      if (epoch !== undefined) return { shard, epoch };
      await pause(leaseMs / 10);
    }
  }

  /** Whether the lease is still ours; a lost one is never renewed. */
  async renew(fence: Fence): Promise<boolean> {
    const epoch = await this.query(
      `update "${this.schema}".shard_lease
       set expires_at = now() + $3::double precision * interval '1 millisecond'
       where shard = $1 and epoch = $2 returning epoch`,
      [fence.shard, fence.epoch, this.options.leaseMs],
    );
    return epoch !== undefined;
  }

  /** Lets a successor in at once. */
  async release(fence: Fence): Promise<void> {
    await this.query(
      `update "${this.schema}".shard_lease set expires_at = now() - interval '1 second'
       where shard = $1 and epoch = $2 returning epoch`,
      [fence.shard, fence.epoch],
    );
  }

  private async query(text: string, values: readonly unknown[]): Promise<number | undefined> {
    for (;;) {
      try {
        const { rows } = await this.pool.query<{ epoch: string }>({ text, values });
        return rows[0] === undefined ? undefined : Number(rows[0].epoch);
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        await pause(100);
      }
    }
  }
}
