import { hostname } from 'node:os';
import { readConfig, type Environment, type SharedConfig } from '@slipway/nest-kit';

export type SchedulerConfig = SharedConfig &
  Readonly<{
    shard: string;
    /** Who holds the shard's lease: the same name after a restart takes it back without waiting. */
    holder: string;
    leaseMs: number;
  }>;

export const readSchedulerConfig = (env: Environment): SchedulerConfig => {
  const shared = readConfig(env);
  return {
    ...shared,
    shard: env['SCHEDULER_SHARD'] ?? 'all',
    holder: env['SCHEDULER_HOLDER'] ?? `${hostname()}:${shared.dataDir}`,
    leaseMs: Number(env['SCHEDULER_LEASE_MS'] ?? 10_000),
  };
};
