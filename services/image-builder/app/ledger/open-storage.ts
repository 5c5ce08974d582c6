import { Migrator } from '@mikro-orm/migrations';
import { openLog, poolOf, type OpenedLog, type SqlPool } from '@slipway/event-store';
import { CreatePublications } from '../migrations/create-publications.js';
import { CreateTables } from '../migrations/create-tables.js';
import { IndexBuildLogByTime } from '../migrations/index-build-log-by-time.js';

const SCHEMA = 'image_builder';

export type Storage = OpenedLog & Readonly<{ pool: SqlPool }>;

/** Opens the service's log and tables, bringing them to the newest form. */
export const openStorage = async (databaseUrl: string): Promise<Storage> => {
  const opened = await openLog({
    databaseUrl,
    schema: SCHEMA,
    extensions: [Migrator],
    migrations: {
      migrationsList: [CreateTables, CreatePublications, IndexBuildLogByTime],
      tableName: `${SCHEMA}.migrations`,
      snapshot: false,
    },
  });
  await opened.orm.migrator.up();
  return { ...opened, pool: await poolOf(opened.orm) };
};
