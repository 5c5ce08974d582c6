import type { MikroORM } from '@mikro-orm/postgresql';
import { poolOf, type SqlPool } from '@slipway/event-store';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { countByFunction } from './app-counts.js';
import { openStore } from './open-store.js';

const ASKED = { workspaceId: 'ac-1', appId: 'ap-7', sinceMs: 95_000, untilMs: 100_000 };

let orm: MikroORM;

/** A hundred apps, each with a thousand calls and containers of a second, and one container that runs. */
overPostgres(openStore, async (opened) => {
  orm = opened;
  const em = orm.em.fork();
  await em.execute(`insert into gateway.activity_calls
      (id, created_at, workspace_id, app_id, function_id, succeeded, last_output_at)
    select 'fc-' || n, n, 'ac-1', 'ap-' || n % 100, 'fu-1', 1, n from generate_series(0, 99999) n`);
  await em.execute(`insert into gateway.activity_tasks
      (id, created_at, workspace_id, app_id, function_id, ended_at, reason)
    select 'ta-' || n, n, 'ac-1', 'ap-' || n % 100, 'fu-1', n + 1000, 'user-error' from generate_series(0, 99999) n`);
  await em.execute(`insert into gateway.activity_tasks (id, created_at, workspace_id, app_id, function_id)
    values ('ta-runs', 1, 'ac-1', 'ap-7', 'fu-1')`);
  await em.execute('analyze gateway.activity_calls, gateway.activity_tasks');
});

test('an app’s calls and containers of a time range are counted', async () => {
  expect(await countByFunction(await poolOf(orm), ASKED)).toEqual([
    { functionId: 'fu-1', succeeded: 50, failed: 0, containers: 61, containerErrors: 50 },
  ]);
});

test('they are counted by an index, not by a look at all that others did', async () => {
  const pool = await poolOf(orm);
  const plans: string[] = [];
  const explaining = {
    query: async ({ text, values }: Parameters<SqlPool['query']>[0]) => {
      const { rows } = await pool.query<Record<string, string>>({
        text: `explain ${text}`,
        ...(values ? { values } : {}),
      });
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return { rows: [], rowCount: 0 };
    },
  };
  await countByFunction(explaining, ASKED);
  expect(plans).toEqual([
    expect.stringContaining('activity_calls_app_id_last_output_at_idx'),
    expect.stringContaining('activity_tasks_app_id_ended_at_idx'),
  ]);
});
