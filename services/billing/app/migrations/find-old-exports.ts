import { Migration } from '@mikro-orm/migrations';

export class FindOldExports extends Migration {
  override name = '2026-11-22-find-old-exports';

  override up(): void {
    this.addSql(`create index on billing.exports (ended_at) where state = 'written'`);
  }
}
