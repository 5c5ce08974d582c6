import type { MikroORM } from '@mikro-orm/postgresql';
import type { KnownToken } from '@slipway/gateway-core';
import type { SecretHash } from '../access/secret-hash.js';
import { TokenEntity, WorkspaceEntity } from './entities.js';

export type FoundToken = Readonly<{
  token: KnownToken;
  name: string;
  createdAt: number;
  secretHash: SecretHash;
}>;

/** The tokens by which people and programs enter a workspace. */
export class Tokens {
  constructor(private readonly orm: MikroORM) {}

  async find(tokenId: string): Promise<FoundToken | undefined> {
    const em = this.orm.em.fork();
    const row = await em.findOne(TokenEntity, { tokenId });
    if (row === null) return undefined;
    const workspace = await em.findOneOrFail(WorkspaceEntity, { workspaceId: row.workspaceId });
    return {
      token: {
        tokenId,
        workspaceId: row.workspaceId,
        workspaceName: workspace.name,
        defaultEnvironment: workspace.defaultEnvironment,
        ...(row.revokedAt == null ? {} : { revokedAt: row.revokedAt }),
        ...(row.expiresAt == null ? {} : { expiresAt: row.expiresAt }),
      },
      name: row.name,
      createdAt: row.createdAt,
      secretHash: { salt: row.salt, hash: row.secretHash },
    };
  }
}
