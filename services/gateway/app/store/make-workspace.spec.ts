import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { makeWorkspace } from './make-workspace.js';
import { openStore } from './open-store.js';
import { Principals } from './principals.js';
import { Tokens } from './tokens.js';
import { Workspaces } from './workspaces.js';

let parts: Readonly<{ workspaces: Workspaces; principals: Principals; tokens: Tokens }>;

overPostgres(openStore, (orm) => {
  parts = { workspaces: new Workspaces(orm), principals: new Principals(orm), tokens: new Tokens(orm) };
});

const make = (name: string, owner = 'ada') =>
  makeWorkspace(parts, { name, owner, createdBy: 'operator', createdAt: Date.now() });

test('a workspace whose first token nobody heard is made again, with an owner and a token anew', async () => {
  const lost = await make('research');
  const { workspace, token } = await make('research', 'eve');
  expect(workspace.workspaceId).toBe(lost.workspace.workspaceId);
  const members = await parts.principals.list(workspace.workspaceId);
  expect(members.map(({ name, role }) => [name, role])).toEqual([['eve', 'owner']]);
  expect((await parts.tokens.find(token.tokenId))?.token.principal.name).toBe('eve');
  expect(await parts.tokens.find(lost.token.tokenId)).toBeUndefined();
});

test('one that was left half made gets what is missing', async () => {
  await parts.workspaces.create('half', Date.now());
  const { workspace, token } = await make('half');
  expect((await parts.tokens.find(token.tokenId))?.token.workspaceId).toBe(workspace.workspaceId);
});

test('once its token was used nobody makes it again', async () => {
  const { token } = await make('used');
  await parts.tokens.use(token.tokenId, Date.now());
  await expect(make('used', 'eve')).rejects.toMatchObject({ refusal: { code: 'workspace-exists' } });
  expect(await parts.tokens.find(token.tokenId)).toBeDefined();
  await make('used-2');
});

test('nor once somebody else has joined, though the owner who was here first is gone', async () => {
  const { workspace } = await make('joined');
  const { workspaceId } = workspace;
  const { principalId, ...first } = (await parts.principals.firstOwner(workspaceId))!;
  await parts.principals.create({ ...first, workspaceId, principalId: 'us-later', name: 'eve' });
  await parts.principals.delete(principalId);
  await expect(make('joined')).rejects.toMatchObject({ refusal: { code: 'workspace-exists' } });
});
