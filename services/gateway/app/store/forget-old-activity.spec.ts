import { poolOf, type LendingPool } from '@slipway/event-store';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { forgetOldActivity } from './forget-old-activity.js';
import { openStore } from './open-store.js';

const OVER_BY = 1_000;

let pool: LendingPool;

overPostgres(openStore, async (orm) => {
  pool = await poolOf(orm);
});

const left = async (table: 'calls' | 'tasks'): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string }>({
    text: `select id from gateway.activity_${table} order by id`,
  });
  return rows.map(({ id }) => id);
};

test('calls and containers that are over for long are forgotten, batch by batch, and no others', async () => {
  await pool.query({
    text: `insert into gateway.activity_calls (id, created_at, inputs, succeeded, failed, last_output_at, cancelled_at) values
      ('done', 1, 2, 1, 1, 999, null), ('cancelled', 1, 2, 0, 0, null, 999), ('empty', 999, 0, 0, 0, null, null),
      ('done-of-late', 1, 1, 1, 0, 1000, null), ('cancelled-of-late', 1, 1, 1, 0, 5, 1000),
      ('waits', 1, 2, 1, 0, 5, null), ('new', 1000, 0, 0, 0, null, null), ('half', null, 1, 0, 0, null, null),
      ('half-done', null, 0, 1, 0, 999, null), ('half-cancelled', null, 0, 0, 0, null, 999)`,
  });
  await pool.query({
    text: `insert into gateway.activity_tasks (id, created_at, ended_at) values
      ('ended', 1, 999), ('ended-too', 2, 5), ('ended-of-late', 1, 1000), ('runs', 1, null)`,
  });
  await forgetOldActivity(pool, OVER_BY, 1);
  expect(await left('calls')).toEqual(['cancelled-of-late', 'done-of-late', 'new', 'waits']);
  expect(await left('tasks')).toEqual(['ended-of-late', 'runs']);
});
