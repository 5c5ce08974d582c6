import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { makeWorkspace } from './make-workspace.js';
import { openStore } from './open-store.js';
import { ownAgain } from './own-again.js';
import { Principals } from './principals.js';
import { Tokens } from './tokens.js';
import { Workspaces } from './workspaces.js';

let parts: Readonly<{ workspaces: Workspaces; principals: Principals; tokens: Tokens }>;

overPostgres(openStore, (orm) => {
  parts = { workspaces: new Workspaces(orm), principals: new Principals(orm), tokens: new Tokens(orm) };
});

const by = { createdBy: 'operator', createdAt: Date.now() };
const made = (name: string) => makeWorkspace(parts, { name, owner: 'ada', ...by });
const own = (workspace: string, owner: string) => ownAgain(parts, { workspace, owner, ...by });

test('an owner who lost the token gets one more, and the lost one goes on', async () => {
  const { workspace, token: lost } = await made('research');
  await parts.tokens.use(lost.tokenId, Date.now());
  const { principal, token } = await own('research', 'ada');
  expect(await parts.principals.list(workspace.workspaceId)).toHaveLength(1);
  expect((await parts.tokens.find(token.tokenId))?.token.principal).toMatchObject({
    principalId: principal.principalId,
    role: 'owner',
  });
  expect(await parts.tokens.find(lost.tokenId)).toBeDefined();
});

test('a workspace whose owners are gone for good gets one who was never there', async () => {
  const { workspace } = await made('bereft');
  await own('bereft', 'eve');
  const members = await parts.principals.list(workspace.workspaceId);
  expect(members.map(({ name, role }) => [name, role])).toEqual([
    ['ada', 'owner'],
    ['eve', 'owner'],
  ]);
});

test('nobody becomes an owner who joined as something else', async () => {
  const { workspaceId } = (await made('ranks')).workspace;
  const bob = { principalId: 'us-bob', kind: 'member', name: 'bob', role: 'member' } as const;
  await parts.principals.create({ ...bob, workspaceId, ...by });
  await expect(own('ranks', 'bob')).rejects.toThrow(
    "'bob' is a member of 'ranks': name one of its owners ('ada'), or somebody new.",
  );
});

test('a workspace that is not there is named', async () => {
  await expect(own('nowhere', 'ada')).rejects.toThrow("No workspace 'nowhere' on this site.");
});
