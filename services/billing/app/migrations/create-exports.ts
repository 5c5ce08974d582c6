import { Migration } from '@mikro-orm/migrations';

export class CreateExports extends Migration {
  override name = '2026-11-21-create-exports';

  override up(): void {
    this.addSql(`create table billing.exports (
      export_id text primary key,
      /* Null: of all workspaces. */
      workspace_id text,
      from_ms bigint not null,
      to_ms bigint not null,
      granularity text not null,
      format text not null,
      requested_by text not null,
      requested_at bigint not null,
      state text not null default 'waiting',
      tries integer not null default 0,
      manifest json,
      error text,
      ended_at bigint
    )`);
    this.addSql('create index on billing.exports (workspace_id, requested_at)');
    this.addSql(`create index on billing.exports (requested_at) where state = 'waiting'`);
    this.addSql(`create table billing.export_schedules (
      workspace_id text,
      every text not null,
      granularity text not null,
      format text not null,
      set_by text not null,
      set_at bigint not null
    )`);
    this.addSql(`create unique index on billing.export_schedules (coalesce(workspace_id, ''), every)`);
  }
}
