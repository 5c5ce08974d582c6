import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { Environments } from './environments.js';
import { openStore } from './open-store.js';

let orm: Awaited<ReturnType<typeof openStore>>;

overPostgres(openStore, async (opened) => {
  orm = opened;
  const em = orm.em.fork();
  await em.execute(`insert into gateway.workspaces values ('ac-1', 'ours', 'main', 0)`);
  await em.execute(
    `insert into gateway.environments (environment_id, workspace_id, name, web_suffix, created_at) values ('en-1', 'ac-1', 'staging', 'staging', 0)`,
  );
  for (const [host, workspaceId] of Object.entries({ 'ours.example': 'ac-1', 'theirs.example': 'ac-2' }))
    await em.execute(
      `insert into gateway.web_routes values (?, 'fu-1', '', ?, 'staging', 'ap-1', 'f', 'domain', false, 0, false, false, 0)`,
      [host, workspaceId],
    );
});

test('the names of web endpoints in an environment come along when it gets another name', async () => {
  await new Environments(orm).update('ac-1', 'staging', { name: 'qa' }, async () => undefined);
  expect(
    await orm.em.fork().execute(`select host, environment from gateway.web_routes order by host`),
  ).toEqual([
    { host: 'ours.example', environment: 'qa' },
    { host: 'theirs.example', environment: 'staging' },
  ]);
});
