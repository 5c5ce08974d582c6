import type { MikroORM } from '@mikro-orm/postgresql';
import { randomId } from '@slipway/protocol';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { firstOwnerId, makeFirstWorkspace } from './make-first-workspace.js';
import { openStore } from './open-store.js';
import { Principals } from './principals.js';
import { Tokens } from './tokens.js';
import { Workspaces } from './workspaces.js';

const FIRST_TOKEN = { tokenId: 'ak-first', tokenSecret: 'as-first' };

let orm: MikroORM;
let principals: Principals;
let workspaceId: string;

const start = () => makeFirstWorkspace(orm, FIRST_TOKEN);
const names = async () => (await principals.list(workspaceId)).map(({ name }) => name);
const firstToken = () => new Tokens(orm).find(FIRST_TOKEN.tokenId);
const join = (name: string) =>
  principals.create({
    principalId: randomId('us'),
    workspaceId,
    kind: 'member',
    name,
    role: 'owner',
    createdBy: 'operator',
    createdAt: Date.now() + 1,
  });

overPostgres(openStore, async (opened) => {
  orm = opened;
  principals = new Principals(orm);
  await makeFirstWorkspace(orm, undefined);
  workspaceId = (await new Workspaces(orm).list())[0]!.workspaceId;
});

test('the first owner gets the chosen token, also where it is chosen later', async () => {
  expect(await names()).toEqual(['operator']);
  expect(await firstToken()).toBeUndefined();
  await start();
  await start();
  expect((await firstToken())?.token.principal.name).toBe('operator');
  expect((await principals.firstOwner(workspaceId))?.name).toBe('operator');
});

test('neither a first owner who was removed comes back at the next start, nor the token', async () => {
  await join('ada');
  await principals.delete(firstOwnerId(workspaceId));
  await start();
  expect(await names()).toEqual(['ada']);
  expect(await firstToken()).toBeUndefined();
  expect((await principals.firstOwner(workspaceId))?.name).toBe('ada');
});

test('a member of the first owner’s name who came later does not keep the gateway from starting', async () => {
  await join('operator');
  await start();
  expect(await names()).toEqual(['ada', 'operator']);
  expect(await firstToken()).toBeUndefined();
});
