import type { MikroORM } from '@mikro-orm/postgresql';
import { refuse, RefusedError } from '@slipway/kernel';
import type { EnvironmentRole, Principal, RolesByEnvironment, WorkspaceRole } from '@slipway/gateway-core';
import { ASSIGNED_ROLES, rolesOf, type AssignedRoles } from './assigned-roles.js';

export type PrincipalRow = Principal &
  Readonly<{ email?: string; createdBy: string; createdAt: number; lastActiveAt?: number }>;

export type NewPrincipal = Principal &
  Readonly<{ workspaceId: string; email?: string; createdBy: string; createdAt: number }>;

export type GivenRole = Readonly<{ environmentId: string; environment: string; role: EnvironmentRole }>;

type Row = Readonly<{
  principal_id: string;
  kind: Principal['kind'];
  name: string;
  email: string | null;
  role: WorkspaceRole;
  created_by: string;
  created_at: string;
  last_active_at: string | null;
}>;

const principalOf = (row: Row): PrincipalRow => ({
  principalId: row.principal_id,
  kind: row.kind,
  name: row.name,
  role: row.role,
  createdBy: row.created_by,
  createdAt: Number(row.created_at),
  ...(row.email === null ? {} : { email: row.email }),
  ...(row.last_active_at === null ? {} : { lastActiveAt: Number(row.last_active_at) }),
});

const SELECT = `select p.*, (select max(t.last_used_at) from gateway.tokens t where t.principal_id = p.principal_id) as last_active_at
  from gateway.principals p`;

/** Members and service users of workspaces, and their roles in environments. */
export class Principals {
  constructor(private readonly orm: MikroORM) {}

  async list(workspaceId: string, kind?: Principal['kind']): Promise<PrincipalRow[]> {
    const rows: Row[] = await this.execute(
      `${SELECT} where p.workspace_id = ? and (?::text is null or p.kind = ?) order by p.name`,
      [workspaceId, kind ?? null, kind ?? null],
    );
    return rows.map(principalOf);
  }

  /** By id or by name. Throws RefusedError where the workspace has none. */
  async get(workspaceId: string, kind: Principal['kind'], idOrName: string): Promise<PrincipalRow> {
    const [row]: Row[] = await this.execute(
      `${SELECT} where p.workspace_id = ? and p.kind = ? and (p.principal_id = ? or p.name = ?)`,
      [workspaceId, kind, idOrName, idOrName],
    );
    if (row === undefined) {
      const kindName = kind === 'member' ? 'member' : 'service user';
      throw new RefusedError(
        refuse('not-found', `${kind}-not-found`, `No ${kindName} '${idOrName}' in this workspace.`),
      );
    }
    return principalOf(row);
  }

  /** Makes a principal; the same one may be made again. Throws RefusedError where another has the name. */
  async create(fresh: NewPrincipal): Promise<void> {
    await this.execute(
      `insert into gateway.principals (principal_id, workspace_id, kind, name, email, role, created_by, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
      [
        fresh.principalId,
        fresh.workspaceId,
        fresh.kind,
        fresh.name,
        fresh.email ?? null,
        fresh.role,
        fresh.createdBy,
        fresh.createdAt,
      ],
    );
    const there = await this.get(fresh.workspaceId, fresh.kind, fresh.name);
    if (there.principalId !== fresh.principalId)
      throw new RefusedError(
        refuse(
          'already-exists',
          `${fresh.kind}-exists`,
          `The name '${fresh.name}' is taken in this workspace.`,
        ),
      );
  }

  /** With all its tokens and roles. */
  async delete(principalId: string): Promise<void> {
    await this.execute(
      `with tokens as (delete from gateway.tokens where principal_id = ?)
       delete from gateway.principals where principal_id = ?`,
      [principalId, principalId],
    );
  }

  /** The owner who is there longest. */
  async firstOwner(workspaceId: string): Promise<PrincipalRow | undefined> {
    const [row]: Row[] = await this.execute(
      `${SELECT} where p.workspace_id = ? and p.role = 'owner' order by p.created_at, p.principal_id limit 1`,
      [workspaceId],
    );
    return row && principalOf(row);
  }

  async countOwners(workspaceId: string): Promise<number> {
    const [row]: { count: string }[] = await this.execute(
      `select count(*) from gateway.principals where workspace_id = ? and role = 'owner'`,
      [workspaceId],
    );
    return Number(row?.count ?? 0);
  }

  /** Who was given which role in an environment, by principal. */
  async rolesIn(environmentId: string): Promise<ReadonlyMap<string, EnvironmentRole>> {
    const rows: { principal_id: string; role: EnvironmentRole }[] = await this.execute(
      `select principal_id, role from gateway.environment_roles where environment_id = ?`,
      [environmentId],
    );
    return new Map(rows.map((row) => [row.principal_id, row.role]));
  }

  async rolesOf(principalId: string): Promise<GivenRole[]> {
    const rows: { environment_id: string; name: string; role: EnvironmentRole }[] = await this.execute(
      `select environment_id, e.name, r.role from gateway.environment_roles r
       join gateway.environments e using (environment_id) where r.principal_id = ? order by e.name`,
      [principalId],
    );
    return rows.map((row) => ({ environmentId: row.environment_id, environment: row.name, role: row.role }));
  }

  /** The roles of whoever goes by a name: a member, a service user, or one of each. */
  async rolesOfName(workspaceId: string, name: string): Promise<RolesByEnvironment<EnvironmentRole>[]> {
    const rows: (Row & { roles: AssignedRoles | null })[] = await this.execute(
      `select p.*, ${ASSIGNED_ROLES} as roles from gateway.principals p where p.workspace_id = ? and p.name = ?`,
      [workspaceId, name],
    );
    return rows.map((row) => {
      const { kind, role } = row;
      return rolesOf({ principalId: row.principal_id, kind, name, role }, row.roles);
    });
  }

  /** Undefined takes the role back. */
  async setRole(
    environmentId: string,
    principalId: string,
    role: EnvironmentRole | undefined,
  ): Promise<void> {
    if (role === undefined)
      await this.execute(
        `delete from gateway.environment_roles where environment_id = ? and principal_id = ?`,
        [environmentId, principalId],
      );
    else
      await this.execute(
        `insert into gateway.environment_roles (environment_id, principal_id, role) values (?, ?, ?)
         on conflict (environment_id, principal_id) do update set role = excluded.role`,
        [environmentId, principalId, role],
      );
  }

  private execute<Result>(sql: string, values: unknown[]): Promise<Result> {
    return this.orm.em.fork().execute(sql, values) as Promise<Result>;
  }
}
