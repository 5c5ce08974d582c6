import { Migration } from '@mikro-orm/migrations';

export class IndexBuildLogByTime extends Migration {
  override name = '2026-11-23-index-build-log-by-time';

  override up(): void {
    this.addSql('create index on image_builder.build_log (at)');
  }
}
