import { Migration } from '@mikro-orm/migrations';

/** A function has as many handles as definitions: versions of its app choose among them. */
export class KeepHandlesByDefinition extends Migration {
  override name = '2026-11-21-keep-handles-by-definition';

  override up(): void {
    this.addSql(`alter table gateway.function_handles
      add column definition_digest text not null default '',
      drop column bound,
      drop constraint function_handles_pkey,
      add primary key (function_id, definition_digest)`);
  }
}
