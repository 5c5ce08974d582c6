import type { MikroORM } from '@mikro-orm/postgresql';
import { refuse, RefusedError } from '@slipway/kernel';
import type { SecretId, WorkspaceId } from '@slipway/contracts';
import { SecretEntity, type SecretRow } from './entities.js';
import type { SecretCipher, Variables } from './secret-cipher.js';

export type NewSecret = Readonly<{
  secretId: SecretId;
  workspaceId: WorkspaceId;
  environment: string;
  name?: string;
  appId?: string;
  variables: Variables;
}>;

type OfName = Readonly<{ workspaceId: WorkspaceId; environment: string; name: string }>;

/** Secrets, encrypted at rest; values leave only by `open`. */
export class Secrets {
  constructor(
    private readonly orm: MikroORM,
    private readonly cipher: SecretCipher,
  ) {}

  async find({ workspaceId, environment, name }: OfName): Promise<SecretRow | undefined> {
    return (await this.orm.em.fork().findOne(SecretEntity, { workspaceId, environment, name })) ?? undefined;
  }

  /** Writes a secret under its id, whether it is new or not. */
  async put({ secretId, workspaceId, environment, name, appId, variables }: NewSecret): Promise<SecretRow> {
    return this.orm.em.fork().upsert(SecretEntity, {
      secretId,
      workspaceId,
      environment,
      name: name ?? null,
      appId: appId ?? null,
      keys: Object.keys(variables),
      ...this.cipher.seal(secretId, variables),
      createdAt: Date.now(),
    });
  }

  list(workspaceId: WorkspaceId, environment: string): Promise<SecretRow[]> {
    return this.orm.em
      .fork()
      .find(SecretEntity, { workspaceId, environment, name: { $ne: null } }, { orderBy: { name: 'asc' } });
  }

  async delete(workspaceId: WorkspaceId, secretId: string): Promise<boolean> {
    return (await this.orm.em.fork().nativeDelete(SecretEntity, { workspaceId, secretId })) > 0;
  }

  /** The variables of all these secrets; of two values for one name the later secret's counts. */
  async open(workspaceId: WorkspaceId, secretIds: readonly SecretId[]): Promise<Variables> {
    if (secretIds.length === 0) return {};
    const rows = await this.orm.em
      .fork()
      .find(SecretEntity, { workspaceId, secretId: { $in: [...secretIds] } });
    const byId = new Map(rows.map((row) => [row.secretId, row]));
    const variables: Record<string, string> = {};
    for (const secretId of secretIds) {
      const row = byId.get(secretId);
      if (row === undefined)
        throw new RefusedError(
          refuse('not-found', 'secret-not-found', `The secret ${secretId} does not exist any more.`),
        );
      Object.assign(variables, this.cipher.open(secretId, row));
    }
    return variables;
  }
}
