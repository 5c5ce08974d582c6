import { Migration } from '@mikro-orm/migrations';
import { timeAwayTable } from '@slipway/event-store';

/** What lives by heartbeats is not judged by times in which nobody could hear them. */
export class CountTimeAway extends Migration {
  override name = '2026-11-24-count-time-away';

  override up(): void {
    this.addSql(timeAwayTable('blob_store'));
  }
}
