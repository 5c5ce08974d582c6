import type { MikroORM } from '@mikro-orm/postgresql';
import { deterministicId } from '@slipway/protocol';
import { hashSecret } from '../access/secret-hash.js';
import { EnvironmentEntity, TokenEntity, WorkspaceEntity } from './entities.js';

const NAME = 'main';

export type FirstToken = Readonly<{ tokenId: string; tokenSecret: string }>;

/** Makes what is missing of: the workspace `main`, its environment `main`, and the token that the operator chose. */
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
    { environmentId: deterministicId('en', workspaceId, NAME), workspaceId, name: NAME, createdAt },
    keep,
  );
  if (firstToken === undefined) return;
  const { salt, hash } = hashSecret(firstToken.tokenSecret);
  const fresh = { workspaceId, name: 'first token', salt, secretHash: hash, createdAt };
  const kept = await em.findOne(TokenEntity, { tokenId: firstToken.tokenId });
  if (kept === null) await em.upsert(TokenEntity, { tokenId: firstToken.tokenId, ...fresh }, keep);
};
