import { Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import { openDatabase, poolOf, type LendingPool } from '@slipway/event-store';
import { CreateMetering } from '../migrations/create-metering.js';

const SCHEMA = 'billing';

export type BillingStore = Readonly<{ orm: MikroORM; pool: LendingPool }>;

/** Opens billing's tables, bringing them to the newest form. */
export const openStore = async (databaseUrl: string): Promise<BillingStore> => {
  const orm = await openDatabase({
    databaseUrl,
    schema: SCHEMA,
    extensions: [Migrator],
    migrations: {
      migrationsList: [CreateMetering],
      tableName: `${SCHEMA}.migrations`,
      snapshot: false,
    },
  });
  await orm.migrator.up();
  return { orm, pool: await poolOf(orm) };
};
