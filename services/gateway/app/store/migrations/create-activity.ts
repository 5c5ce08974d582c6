import { Migration } from '@mikro-orm/migrations';

/** The read models of the public API, folded from facts. */
export class CreateActivity extends Migration {
  override name = '2026-11-21-create-activity';

  override up(): void {
    const tables: Readonly<Record<string, string>> = {
      apps: `workspace_id text, environment text, description text, name text, lifetime text, state text,
        version integer, deployed_at bigint, stopped_at bigint, stop_reason text`,
      functions: `workspace_id text, app_id text, tag text, image_id text, base_function_id text`,
      calls: `workspace_id text, app_id text, function_id text, shape text, invocation text, parent_input_id text,
        inputs bigint not null default 0, succeeded bigint not null default 0, failed bigint not null default 0,
        last_output_at bigint, cancelled_at bigint`,
      tasks: `workspace_id text, app_id text, function_id text, worker_id text, state text, reason text,
        exit_code integer, message text, phases jsonb, ready_at bigint, ended_at bigint`,
      workers: `state text, boot_id text, capacity jsonb, lost_at bigint, lost_reason text`,
      images: `workspace_id text, builder_version text, state text, size_bytes bigint, build_ms bigint, message text`,
    };
    for (const [name, columns] of Object.entries(tables)) {
      this.addSql(
        `create table gateway.activity_${name} (id text primary key, created_at bigint, ${columns})`,
      );
      this.addSql(`create index on gateway.activity_${name} (created_at desc, id desc)`);
    }
    this.addSql(
      `create table gateway.activity_positions (service text primary key, position bigint not null)`,
    );
  }
}
