import type { MikroORM } from '@mikro-orm/postgresql';
import { refuse, RefusedError } from '@slipway/kernel';
import type { WorkspaceId } from '@slipway/contracts';
import { hashSecret } from '../access/secret-hash.js';
import { ProxyTokenEntity, type ProxyTokenRow } from './web-entities.js';

export type NewProxyToken = Readonly<{
  tokenId: string;
  tokenSecret: string;
  workspaceId: WorkspaceId;
  name: string;
  scoped: boolean;
  createdBy: string;
}>;

/** Tokens that open web endpoints, and nothing else. */
export class ProxyTokens {
  constructor(private readonly orm: MikroORM) {}

  async create({ tokenSecret, ...token }: NewProxyToken): Promise<void> {
    const { salt, hash } = hashSecret(tokenSecret);
    await this.orm.em.fork().upsert(ProxyTokenEntity, {
      ...token,
      salt,
      secretHash: hash,
      environmentIds: [],
      createdAt: Date.now(),
    });
  }

  /** Whatever workspace it is of: for checking what a request shows. */
  async find(tokenId: string): Promise<ProxyTokenRow | undefined> {
    return (await this.orm.em.fork().findOne(ProxyTokenEntity, { tokenId })) ?? undefined;
  }

  list(workspaceId: WorkspaceId): Promise<ProxyTokenRow[]> {
    return this.orm.em
      .fork()
      .find(ProxyTokenEntity, { workspaceId }, { orderBy: { createdAt: 'asc', tokenId: 'asc' } });
  }

  async get(workspaceId: WorkspaceId, tokenId: string): Promise<ProxyTokenRow> {
    const row = await this.orm.em.fork().findOne(ProxyTokenEntity, { workspaceId, tokenId });
    if (row === null)
      throw new RefusedError(
        refuse(
          'not-found',
          'proxy-token-not-found',
          `No proxy token '${tokenId}' in this workspace; \`modal workspace proxy-tokens list\` names those there are.`,
        ),
      );
    return row;
  }

  async change(
    workspaceId: WorkspaceId,
    tokenId: string,
    changes: Partial<Pick<ProxyTokenRow, 'name'>>,
  ): Promise<ProxyTokenRow> {
    await this.get(workspaceId, tokenId);
    await this.orm.em.fork().nativeUpdate(ProxyTokenEntity, { workspaceId, tokenId }, changes);
    return this.get(workspaceId, tokenId);
  }

  /** From its first environment on a token opens only those that it was allowed for. Of changes at once each counts. */
  allowIn(workspaceId: WorkspaceId, tokenId: string, environmentId: string): Promise<void> {
    return this.scope(
      { workspaceId, tokenId, environmentId },
      'environment_ids - environment_id || to_jsonb(environment_id)',
    );
  }

  /** It opens nothing once it is allowed in no environment. */
  disallowIn(workspaceId: WorkspaceId, tokenId: string, environmentId: string): Promise<void> {
    return this.scope({ workspaceId, tokenId, environmentId }, 'environment_ids - environment_id');
  }

  async delete(workspaceId: WorkspaceId, tokenId: string): Promise<void> {
    await this.get(workspaceId, tokenId);
    await this.orm.em.fork().nativeDelete(ProxyTokenEntity, { workspaceId, tokenId });
  }

  private async scope(
    {
      workspaceId,
      tokenId,
      environmentId,
    }: Readonly<{ workspaceId: WorkspaceId; tokenId: string; environmentId: string }>,
    environmentIds: string,
  ): Promise<void> {
    await this.get(workspaceId, tokenId);
    await this.orm.em.fork().execute(
      `update gateway.proxy_tokens set scoped = true, environment_ids = ${environmentIds}
        from (select ?::text as environment_id) named
        where workspace_id = ? and token_id = ?`,
      [environmentId, workspaceId, tokenId],
    );
  }
}
