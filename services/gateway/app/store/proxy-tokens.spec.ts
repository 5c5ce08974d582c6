import type { MikroORM } from '@mikro-orm/postgresql';
import {
  startThrowawayPostgres,
  type ThrowawayPostgres,
} from '../../../../tools/testing/throwaway-postgres.ts';
import { openStore } from './open-store.js';
import { ProxyTokens } from './proxy-tokens.js';

let postgres: ThrowawayPostgres;
let orm: MikroORM;
let tokens: ProxyTokens;

beforeAll(async () => {
  postgres = await startThrowawayPostgres();
  orm = await openStore(postgres.databaseUrl);
  tokens = new ProxyTokens(orm);
  await orm.em
    .fork()
    .execute(
      `insert into gateway.workspaces values ('ac-1', 'ours', 'main', 0), ('ac-2', 'theirs', 'main', 0)`,
    );
}, 60_000);
afterAll(async () => {
  await orm.close();
  await postgres.stop();
});

test('of changes at once to where a token opens each counts, and twice is once', async () => {
  const token = {
    tokenId: 'wk-1',
    tokenSecret: 'ws-secret',
    workspaceId: 'ac-1',
    name: '',
    createdBy: 'ada',
  };
  await tokens.create({ ...token, scoped: false });
  await tokens.allowIn('ac-1', 'wk-1', 'en-0');
  await Promise.all([
    ...[1, 2, 3, 4, 4].map((n) => tokens.allowIn('ac-1', 'wk-1', `en-${n}`)),
    tokens.disallowIn('ac-1', 'wk-1', 'en-0'),
  ]);
  const { scoped, environmentIds } = await tokens.get('ac-1', 'wk-1');
  expect([scoped, environmentIds.toSorted()]).toEqual([true, ['en-1', 'en-2', 'en-3', 'en-4']]);
});

test('a token of another workspace is left as it is', async () => {
  const token = {
    tokenId: 'wk-2',
    tokenSecret: 'ws-secret',
    workspaceId: 'ac-2',
    name: '',
    createdBy: 'ada',
  };
  await tokens.create({ ...token, scoped: false });
  await expect(tokens.allowIn('ac-1', 'wk-2', 'en-1')).rejects.toMatchObject({
    refusal: { code: 'proxy-token-not-found' },
  });
  expect(await tokens.get('ac-2', 'wk-2')).toMatchObject({ scoped: false, environmentIds: [] });
});
