import { Migration } from '@mikro-orm/migrations';

/** Limits are asked what is held of a workspace all the time: what is settled is not looked at again. */
export class SettleHolds extends Migration {
  override name = '2026-11-23-settle-holds';

  override up(): void {
    this.addSql(`alter table billing.holds
      add column settled boolean not null generated always as (coalesce(facts >= facts_in_all, false)) stored`);
    // Which scheduler asked: the one that follows it gives back what it left.
    this.addSql('alter table billing.holds add column shard text');
    this.addSql('drop index billing.holds_workspace_id_idx');
    this.addSql('create index holds_open on billing.holds (workspace_id) where not settled');
    this.addSql('create index holds_over on billing.holds (least(over_at, until_ms))');
  }
}
