import { Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import { openDatabase, poolOf } from '@slipway/event-store';
import { CreateTables } from '../migrations/create-tables.js';
import { PostgresRecords } from './postgres-records.js';

const SCHEMA = 'blob_store';

export type OpenedRecords = Readonly<{ orm: MikroORM; records: PostgresRecords }>;

/** Opens the service's tables, bringing them to the newest form. */
export const openRecords = async (databaseUrl: string): Promise<OpenedRecords> => {
  const orm = await openDatabase({
    databaseUrl,
    schema: SCHEMA,
    extensions: [Migrator],
    migrations: {
      migrationsList: [CreateTables],
      tableName: `${SCHEMA}.migrations`,
      snapshot: false,
    },
  });
  await orm.migrator.up();
  return { orm, records: new PostgresRecords(await poolOf(orm)) };
};
