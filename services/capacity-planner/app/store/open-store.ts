import { Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import { openDatabase, poolOf, PostgresEventLog, type LendingPool } from '@slipway/event-store';
import { AddLacking } from './migrations/add-lacking.js';
import { CreatePlanning } from './migrations/create-planning.js';
import { KeepReadCatalogues } from './migrations/keep-read-catalogues.js';

export const SCHEMA = 'capacity_planner';

export type Store = Readonly<{ orm: MikroORM; pool: LendingPool; log: PostgresEventLog }>;

/** Connects to the planner's schema, brings its tables up to date, and opens its log of record. */
export const openStore = async (databaseUrl: string): Promise<Store> => {
  const orm = await openDatabase({
    databaseUrl,
    schema: SCHEMA,
    migrations: {
      tableName: `${SCHEMA}.migrations`,
      migrationsList: [CreatePlanning, AddLacking, KeepReadCatalogues],
      snapshot: false,
    },
    extensions: [Migrator],
  });
  await orm.migrator.up();
  const pool = await poolOf(orm);
  return { orm, pool, log: await PostgresEventLog.open(pool, SCHEMA) };
};
