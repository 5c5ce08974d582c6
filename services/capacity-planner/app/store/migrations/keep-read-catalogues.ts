import { Migration } from '@mikro-orm/migrations';

/** What each source of offers said when it was last read, with the prices that are not believed yet: JSON in gzip. */
export class KeepReadCatalogues extends Migration {
  override name = '2026-11-23-keep-read-catalogues';

  override up(): void {
    this.addSql(`create table capacity_planner.catalogues_read (
      source text primary key,
      read_at bigint not null,
      content bytea not null)`);
  }
}
