import type { MikroORM } from '@mikro-orm/postgresql';
import { deterministicId } from '@slipway/protocol';
import { hashSecret } from '../access/secret-hash.js';
import { EnvironmentEntity, TokenEntity, WorkspaceEntity } from './entities.js';
import { Principals } from './principals.js';
import { FIRST_WORKSPACE } from './workspaces.js';

const NAME = FIRST_WORKSPACE;
const OWNER = 'operator';

/** The id of the member who owns a workspace from its beginning. */
export const firstOwnerId = (workspaceId: string): string => `us-${workspaceId.slice(3)}`;

export type FirstToken = Readonly<{ tokenId: string; tokenSecret: string }>;

/**
 * Makes what is missing of: the workspace `main`, its environment `main`, an owner, and the first owner's token that the operator chose.
 * A first owner who was removed stays so, with the token, while another owner is there.
 */
export const makeFirstWorkspace = async (
  orm: MikroORM,
  firstToken: FirstToken | undefined,
): Promise<void> => {
  const em = orm.em.fork();
  const createdAt = Date.now();
  const workspaceId = deterministicId('ac', NAME);
  const keep = { onConflictAction: 'ignore' } as const;
  await em.upsert(WorkspaceEntity, { workspaceId, name: NAME, defaultEnvironment: NAME, createdAt }, keep);
  await em.upsert(
    EnvironmentEntity,
    {
      environmentId: deterministicId('en', workspaceId, NAME),
      workspaceId,
      name: NAME,
      webSuffix: '',
      createdAt,
    },
    keep,
  );
  const principalId = firstOwnerId(workspaceId);
  const principals = new Principals(orm);
  if ((await principals.countOwners(workspaceId)) === 0)
    await principals.create({
      principalId,
      workspaceId,
      kind: 'member',
      name: OWNER,
      role: 'owner',
      createdBy: '',
      createdAt,
    });
  const members = await principals.list(workspaceId, 'member');
  if (firstToken === undefined || !members.some((member) => member.principalId === principalId)) return;
  const { salt, hash } = hashSecret(firstToken.tokenSecret);
  const fresh = { workspaceId, principalId, name: 'first token', salt, secretHash: hash, createdAt };
  const kept = await em.findOne(TokenEntity, { tokenId: firstToken.tokenId });
  if (kept === null) await em.upsert(TokenEntity, { tokenId: firstToken.tokenId, ...fresh }, keep);
};
