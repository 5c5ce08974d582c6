import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { Environments } from './environments.js';
import { openStore } from './open-store.js';

let suffixes: Record<string, string>;

overPostgres(openStore, async (orm, { databaseUrl }) => {
  const em = orm.em.fork();
  await em.execute(`insert into gateway.workspaces values ('ac-1', 'ours', 'dev', 0)`);
  for (const [name, suffix] of Object.entries({ main: '', dev: '', set: 'own' }))
    await em.execute(
      `insert into gateway.environments (environment_id, workspace_id, name, web_suffix, created_at) values (?, 'ac-1', ?, ?, 0)`,
      [`en-${name}`, name, suffix],
    );
  await em.execute(`delete from gateway.migrations where name = '2026-11-24-name-web-suffixes'`);
  await (await openStore(databaseUrl)).close();
  const found = await new Environments(orm).list('ac-1');
  suffixes = Object.fromEntries(found.map(({ name, webSuffix }) => [name, webSuffix]));
});

test('environments from before keep the URLs that they had: by their name, or without it as the default', () => {
  expect(suffixes).toEqual({ dev: '', main: 'main', set: 'own' });
});
