import { Migration } from '@mikro-orm/migrations';

/** What an app did in a stretch of time is counted without a look at what others did, or at what it did before (app-counts.ts). */
export class IndexActivityByApp extends Migration {
  override name = '2026-11-23-index-activity-by-app';

  override up(): void {
    this.addSql('create index on gateway.activity_calls (app_id, last_output_at)');
    this.addSql('create index on gateway.activity_tasks (app_id, ended_at)');
  }
}
