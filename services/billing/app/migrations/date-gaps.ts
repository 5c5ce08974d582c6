import { Migration } from '@mikro-orm/migrations';

/** Since when numbers of a source are missing: a gap that stays keeps its place on the list of anomalies. */
export class DateGaps extends Migration {
  override name = '2026-11-24-date-gaps';

  override up(): void {
    this.addSql('alter table billing.usage_sources add column gap_since_ms bigint');
    this.addSql(
      'update billing.usage_sources set gap_since_ms = last_taken_at_ms where taken <= highest_sequence',
    );
    this.addSql(`create index usage_sources_gaps on billing.usage_sources (gap_since_ms)
      where taken <= highest_sequence`);
  }
}
