import { poolOf, type LendingPool } from '@slipway/event-store';
import { MikroORM } from '@mikro-orm/postgresql';

const ROWS_IN_A_BATCH = 5_000;

type Column = Readonly<{ name: string; type: string }>;

/** The usage facts alone, and all else that billing wrote because of them. */
export const FACT_TABLES = ['usage_facts'] as const;
export const OTHER_TABLES = [
  'usage_subjects',
  'usage_sources',
  'charges',
  'entries',
  'postings',
  'call_usage',
] as const;

/**
 * The seconds in which the rows of billing's tables, as they are, go into empty tables with the same keys: a statement and a
 * commit for each batch, and nothing asked or worked out. Reading them is not counted.
 */
export const insertPlainly = async (databaseUrl: string, tables: readonly string[]): Promise<number> => {
  const orm = await MikroORM.init({
    clientUrl: databaseUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
  });
  try {
    const pool = await poolOf(orm);
    await pool.query({ text: 'drop schema if exists plain cascade' });
    await pool.query({ text: 'create schema plain' });
    let seconds = 0;
    for (const table of tables) seconds += await copyTable(pool, table);
    return seconds;
  } finally {
    await orm.close();
  }
};

const copyTable = async (pool: LendingPool, table: string): Promise<number> => {
  await pool.query({ text: `create table plain.${table} (like billing.${table} including indexes)` });
  const { rows: columns } = await pool.query<Column>({
    text: `select attname as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    values: [`billing.${table}`],
  });
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const insert = `insert into plain.${table} (${names})
    select ${columns.map(({ name, type }) => (isArray(type) ? `"${name}"::${type}` : `"${name}"`)).join(', ')}
    from unnest(${columns.map(({ type }, index) => `$${index + 1}::${isArray(type) ? 'text' : type}[]`).join(', ')})
      as row (${names})`;
  const texts = columns.map(({ name }) => `"${name}"::text`).join(', ');
  let seconds = 0;
  const connection = await pool.connect();
  try {
    await connection.query({ text: 'begin' });
    await connection.query({
      text: `declare rows no scroll cursor with hold for select ${texts} from billing.${table}`,
    });
    await connection.query({ text: 'commit' });
    for (;;) {
      const { rows } = await connection.query<Record<string, string | null>>({
        text: `fetch ${ROWS_IN_A_BATCH} from rows`,
      });
      if (rows.length === 0) break;
      const values = columns.map(({ name }) => rows.map((row) => row[name]));
      const began = performance.now();
      await pool.query({ name: `plain-${table}`, text: insert, values });
      seconds += (performance.now() - began) / 1_000;
    }
    await connection.query({ text: 'close rows' });
  } finally {
    connection.release();
  }
  return seconds;
};

const isArray = (type: string): boolean => type.endsWith('[]');
