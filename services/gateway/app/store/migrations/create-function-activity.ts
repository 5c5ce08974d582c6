import { Migration } from '@mikro-orm/migrations';

/** Inputs one by one, folded from facts (0 and '' stand for "not any more"), and the variants that were bound. */
export class CreateFunctionActivity extends Migration {
  override name = '2026-11-21-create-function-activity';

  override up(): void {
    this.addSql(`create table gateway.activity_inputs (
      id text primary key,
      call_id text not null,
      function_id text,
      method_name text,
      queued_at bigint,
      started_at bigint,
      finished_at bigint,
      task_id text,
      outcome text)`);
    this.addSql(`create index on gateway.activity_inputs (function_id, queued_at desc, id)`);
    this.addSql(`create index on gateway.activity_inputs (queued_at)`);
    this.addSql(`create index on gateway.activity_tasks (function_id, created_at)`);
    this.addSql(`create table gateway.function_variants (
      function_id text primary key,
      base_function_id text not null,
      workspace_id text not null,
      serialized_params bytea not null,
      function_options bytea,
      created_at bigint not null)`);
    this.addSql(`create index on gateway.function_variants (base_function_id, created_at desc, function_id)`);
  }
}
