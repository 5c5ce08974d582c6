import { Migration } from '@mikro-orm/migrations';

/** Workspaces and who may enter them, secrets, and the handles of functions and classes. */
export class CreateObjects extends Migration {
  override name = '2026-11-21-create-objects';

  override up(): void {
    this.addSql(`create table gateway.workspaces (
      workspace_id text primary key,
      name text not null unique,
      default_environment text not null,
      created_at bigint not null)`);
    this.addSql(`create table gateway.tokens (
      token_id text primary key,
      workspace_id text not null references gateway.workspaces,
      name text not null,
      salt text not null,
      secret_hash text not null,
      created_at bigint not null,
      expires_at bigint,
      revoked_at bigint)`);
    this.addSql(`create table gateway.environments (
      environment_id text primary key,
      workspace_id text not null references gateway.workspaces,
      name text not null,
      builder_version text,
      created_at bigint not null,
      unique (workspace_id, name))`);
    this.addSql(`create table gateway.secrets (
      secret_id text primary key,
      workspace_id text not null,
      environment text not null,
      name text,
      app_id text,
      keys jsonb not null,
      key_id text not null,
      nonce bytea not null,
      sealed bytea not null,
      created_at bigint not null,
      unique (workspace_id, environment, name))`);
    this.addSql(`create table gateway.function_handles (
      function_id text primary key,
      workspace_id text not null,
      app_id text not null,
      tag text not null,
      bound boolean not null,
      metadata bytea not null,
      dependency_ids jsonb not null)`);
    this.addSql(`create index function_handles_by_app on gateway.function_handles (app_id)`);
    this.addSql(`create table gateway.class_handles (
      class_id text primary key,
      workspace_id text not null,
      app_id text not null,
      tag text,
      function_id text)`);
    this.addSql(`create index class_handles_by_app on gateway.class_handles (app_id)`);
  }
}
