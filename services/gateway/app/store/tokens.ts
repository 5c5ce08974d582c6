import type { MikroORM } from '@mikro-orm/postgresql';
import type { KnownToken, Principal } from '@slipway/gateway-core';
import type { SecretHash } from '../access/secret-hash.js';
import { ASSIGNED_ROLES, rolesOf, type AssignedRoles } from './assigned-roles.js';

export type FoundToken = Readonly<{
  token: KnownToken;
  name: string;
  createdAt: number;
  lastUsedAt?: number;
  /** Who made the principal. */
  createdBy: string;
  secretHash: SecretHash;
}>;

export type NewToken = Readonly<{
  tokenId: string;
  workspaceId: string;
  principalId: string;
  name: string;
  secretHash: SecretHash;
  createdAt: number;
  expiresAt?: number;
}>;

type Row = Readonly<{
  token_id: string;
  workspace_id: string;
  workspace_name: string;
  default_environment: string;
  token_name: string;
  salt: string;
  secret_hash: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  disabled_at: string | null;
  last_used_at: string | null;
  created_by: string;
  roles: AssignedRoles | null;
  principal_id: string;
  kind: Principal['kind'];
  name: string;
  role: Principal['role'];
}>;

const SELECT = `select t.token_id, t.workspace_id, t.name as token_name, t.salt, t.secret_hash, t.created_at, t.expires_at,
    t.revoked_at, t.disabled_at, t.last_used_at, w.name as workspace_name, w.default_environment,
    p.principal_id, p.kind, p.name, p.role, p.created_by,
    ${ASSIGNED_ROLES} as roles
  from gateway.tokens t join gateway.workspaces w using (workspace_id) join gateway.principals p using (principal_id)`;

const USED_STEP_MS = 60_000;

/** The tokens by which people and programs enter a workspace. */
export class Tokens {
  constructor(private readonly orm: MikroORM) {}

  async find(tokenId: string): Promise<FoundToken | undefined> {
    const [row] = await this.rows(`where t.token_id = ?`, [tokenId]);
    return row && foundToken(row);
  }

  /** Those of members, or those of service users; without what was deleted. */
  async list(workspaceId: string, kind: Principal['kind']): Promise<FoundToken[]> {
    const rows = await this.rows(
      `where t.workspace_id = ? and p.kind = ? and t.revoked_at is null order by t.created_at, t.token_id`,
      [workspaceId, kind],
    );
    return rows.map(foundToken);
  }

  /** Writes a token. Written again, which only an unanswered request does, it has the newer secret. */
  async put({ secretHash, ...token }: NewToken): Promise<void> {
    await this.orm.em.fork().execute(
      `insert into gateway.tokens
        (token_id, workspace_id, principal_id, name, salt, secret_hash, created_at, expires_at)
       values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (token_id) do update set salt = excluded.salt, secret_hash = excluded.secret_hash`,
      [
        token.tokenId,
        token.workspaceId,
        token.principalId,
        token.name,
        secretHash.salt,
        secretHash.hash,
        token.createdAt,
        token.expiresAt ?? null,
      ],
    );
  }

  async revoke(tokenId: string, at: number): Promise<void> {
    await this.orm.em
      .fork()
      .execute(`update gateway.tokens set revoked_at = ? where token_id = ?`, [at, tokenId]);
  }

  async setDisabled(tokenId: string, at: number | null): Promise<void> {
    await this.orm.em
      .fork()
      .execute(`update gateway.tokens set disabled_at = ? where token_id = ?`, [at, tokenId]);
  }

  /** Remembers the moment, to the minute. */
  async use(tokenId: string, at: number): Promise<void> {
    await this.orm.em
      .fork()
      .execute(
        `update gateway.tokens set last_used_at = ? where token_id = ? and coalesce(last_used_at, 0) < ?`,
        [at, tokenId, at - USED_STEP_MS],
      );
  }

  private rows(where: string, values: unknown[]): Promise<Row[]> {
    return this.orm.em.fork().execute(`${SELECT} ${where}`, values);
  }
}

const moment = <Name extends string>(name: Name, value: string | null): Partial<Record<Name, number>> =>
  value === null ? {} : ({ [name]: Number(value) } as Record<Name, number>);

const foundToken = (row: Row): FoundToken => {
  const principal: Principal = {
    principalId: row.principal_id,
    kind: row.kind,
    name: row.name,
    role: row.role,
  };
  return {
    token: {
      tokenId: row.token_id,
      workspaceId: row.workspace_id,
      workspaceName: row.workspace_name,
      defaultEnvironment: row.default_environment,
      principal,
      ...rolesOf(principal, row.roles),
      ...moment('expiresAt', row.expires_at),
      ...moment('revokedAt', row.revoked_at),
      ...moment('disabledAt', row.disabled_at),
    },
    name: row.token_name,
    createdAt: Number(row.created_at),
    ...moment('lastUsedAt', row.last_used_at),
    createdBy: row.created_by,
    secretHash: { salt: row.salt, hash: row.secret_hash },
  };
};
