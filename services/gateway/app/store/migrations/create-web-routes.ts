import { Migration } from '@mikro-orm/migrations';

/** Names under which functions answer HTTP, and the tokens that open them. */
export class CreateWebRoutes extends Migration {
  override name = '2026-11-21-create-web-routes';

  override up(): void {
    this.addSql(`create table gateway.web_routes (
      host text primary key,
      function_id text not null,
      method text not null,
      workspace_id text not null,
      environment text not null,
      app_id text not null,
      function_tag text not null,
      kind text not null,
      requires_proxy_auth boolean not null,
      timeout_ms bigint not null,
      truncated boolean not null,
      stolen boolean not null,
      claimed_at bigint not null)`);
    this.addSql(`create index web_routes_by_function on gateway.web_routes (function_id)`);
    this.addSql(`create table gateway.proxy_tokens (
      token_id text primary key,
      workspace_id text not null references gateway.workspaces,
      name text not null,
      salt text not null,
      secret_hash text not null,
      scoped boolean not null,
      environment_ids jsonb not null,
      created_by text not null,
      created_at bigint not null)`);
    this.addSql(`create index proxy_tokens_by_workspace on gateway.proxy_tokens (workspace_id)`);
  }
}
