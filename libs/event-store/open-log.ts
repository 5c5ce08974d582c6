import type { MikroORM } from '@mikro-orm/postgresql';
import { openDatabase, poolOf, type DatabaseOptions } from './database.js';
import { PostgresEventLog } from './postgres-event-log.js';
import { ShardLease, type LeaseOptions } from './shard-lease.js';
import { Snapshots } from './snapshots.js';

export type OpenedLog = Readonly<{
  orm: MikroORM;
  log: PostgresEventLog;
  leaseOf: (options: LeaseOptions) => ShardLease;
  snapshotsOf: (shard: string) => Snapshots;
}>;

/** Opens a service's log of record, creating its tables when they are missing. */
export const openLog = async (options: DatabaseOptions): Promise<OpenedLog> => {
  const orm = await openDatabase(options);
  const pool = await poolOf(orm);
  return {
    orm,
    log: await PostgresEventLog.open(pool, options.schema),
    leaseOf: (lease) => new ShardLease(pool, options.schema, lease),
    snapshotsOf: (shard) => new Snapshots(pool, options.schema, shard),
  };
};
