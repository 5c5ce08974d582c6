import { Migration } from '@mikro-orm/migrations';

/** The newest calls and containers of a workspace are listed without a look at those of others (activity.ts). */
export class IndexActivityByWorkspace extends Migration {
  override name = '2026-11-23-index-activity-by-workspace';

  override up(): void {
    for (const table of ['calls', 'tasks'])
      this.addSql(`create index on gateway.activity_${table} (workspace_id, created_at desc, id desc)`);
  }
}
