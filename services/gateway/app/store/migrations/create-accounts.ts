import { Migration } from '@mikro-orm/migrations';

/** Members and service users, their roles, and the requests for tokens that wait for somebody's yes. */
export class CreateAccounts extends Migration {
  override name = '2026-11-21-create-accounts';

  override up(): void {
    this.addSql(`create table gateway.principals (
      principal_id text primary key,
      workspace_id text not null references gateway.workspaces,
      kind text not null,
      name text not null,
      email text,
      role text not null,
      created_by text not null,
      created_at bigint not null,
      unique (workspace_id, kind, name))`);
    // Whoever had a token before there were members was the one who runs the workspace.
    this.addSql(`insert into gateway.principals
      select 'us-' || substr(workspace_id, 4), workspace_id, 'member', 'operator', null, 'owner', '', created_at
      from gateway.workspaces`);
    this.addSql(`alter table gateway.tokens
      add column principal_id text, add column disabled_at bigint, add column last_used_at bigint`);
    this.addSql(`update gateway.tokens set principal_id = 'us-' || substr(workspace_id, 4)`);
    this.addSql(`alter table gateway.tokens alter column principal_id set not null`);
    this.addSql(`create index on gateway.tokens (principal_id)`);
    this.addSql(`alter table gateway.workspaces add column builder_version text`);
    this.addSql(`alter table gateway.environments
      add column web_suffix text not null default '', add column member_role text`);
    this.addSql(`alter table gateway.secrets
      add column created_by text not null default '', add column last_used_at bigint`);
    this.addSql(`create table gateway.environment_roles (
      environment_id text not null references gateway.environments on delete cascade,
      principal_id text not null references gateway.principals on delete cascade,
      role text not null,
      primary key (environment_id, principal_id))`);
    this.addSql(`create table gateway.token_flows (
      flow_id text primary key,
      code text not null,
      wait_digest bytea not null,
      asked_by jsonb not null,
      token_life_ms bigint,
      created_at bigint not null,
      expires_at bigint not null,
      token_id text,
      workspace_name text,
      key_id text,
      nonce bytea,
      sealed bytea)`);
    this.addSql(`create index on gateway.token_flows (expires_at)`);
  }
}
