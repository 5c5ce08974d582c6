import { Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import { openDatabase, poolOf, type LendingPool } from '@slipway/event-store';
import { CountTimeAway } from '../migrations/count-time-away.js';
import { CreateObjectsPlace } from '../migrations/create-objects-place.js';
import { CreateTables } from '../migrations/create-tables.js';
import { CreateVolumes } from '../migrations/create-volumes.js';
import { NoteDeletionsOfVolumes } from '../migrations/note-deletions-of-volumes.js';
import { NoteUsesOfMounts } from '../migrations/note-uses-of-mounts.js';
import { NoteUsesOfObjects } from '../migrations/note-uses-of-objects.js';
import { PostgresBlockOwners } from './volumes/postgres-block-owners.js';
import { PostgresVolumes } from './volumes/postgres-volumes.js';
import { PostgresMountUses } from './postgres-mount-uses.js';
import { PostgresObjectUses } from './postgres-object-uses.js';
import { PostgresRecords } from './postgres-records.js';

const SCHEMA = 'blob_store';

export type OpenedRecords = Readonly<{
  orm: MikroORM;
  pool: LendingPool;
  records: PostgresRecords;
  volumes: PostgresVolumes;
  blockOwners: PostgresBlockOwners;
  mountUses: PostgresMountUses;
  objectUses: PostgresObjectUses;
}>;

/** Opens the service's tables, bringing them to the newest form. */
export const openRecords = async (databaseUrl: string): Promise<OpenedRecords> => {
  const orm = await openDatabase({
    databaseUrl,
    schema: SCHEMA,
    extensions: [Migrator],
    migrations: {
      migrationsList: [
        CreateTables,
        CreateVolumes,
        CreateObjectsPlace,
        NoteUsesOfMounts,
        CountTimeAway,
        NoteUsesOfObjects,
        NoteDeletionsOfVolumes,
      ],
      tableName: `${SCHEMA}.migrations`,
      snapshot: false,
    },
  });
  await orm.migrator.up();
  const pool = await poolOf(orm);
  return {
    orm,
    pool,
    records: new PostgresRecords(pool),
    volumes: new PostgresVolumes(pool),
    blockOwners: new PostgresBlockOwners(pool),
    mountUses: new PostgresMountUses(pool),
    objectUses: new PostgresObjectUses(pool),
  };
};
