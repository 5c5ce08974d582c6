import { MikroORM, type Options } from '@mikro-orm/postgresql';

/** The part of a connection pool that the log needs: prepared statements by name, many at a time. */
export interface SqlPool {
  query<Row>(statement: { name?: string; text: string; values?: readonly unknown[] }): Promise<{
    rows: Row[];
    rowCount: number | null;
  }>;
}

/** A pool that lends one connection for a while, for transactions (in-transaction.ts). */
export interface LendingPool extends SqlPool {
  connect(): Promise<SqlPool & { release(broken?: Error): void }>;
}

export type DatabaseOptions = Readonly<{
  databaseUrl: string;
  /** Each service keeps to a schema of its own. */
  schema: string;
  entities?: Options['entities'];
  migrations?: Options['migrations'];
  extensions?: Options['extensions'];
}>;

/** Connects to PostgreSQL and makes sure that the service's schema is there. */
export const openDatabase = async (options: DatabaseOptions): Promise<MikroORM> => {
  const orm = await MikroORM.init({
    clientUrl: options.databaseUrl,
    schema: options.schema,
    entities: options.entities ?? [],
    ...(options.migrations ? { migrations: options.migrations } : {}),
    ...(options.extensions ? { extensions: options.extensions } : {}),
    discovery: { warnWhenNoEntities: false },
    allowGlobalContext: true,
    pool: { min: 1, max: 8 },
    logger: () => undefined,
  });
  await orm.em.getConnection().execute(`create schema if not exists "${options.schema}"`);
  return orm;
};

export const poolOf = async (orm: MikroORM): Promise<LendingPool> =>
  (await orm.em.getConnection().getNativeClient()) as unknown as LendingPool;
