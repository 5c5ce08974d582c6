import { Migration } from '@mikro-orm/migrations';

/** Limits are asked what is held of a workspace all the time: what is settled is not looked at again. */
export class SettleHolds extends Migration {
  override name = '2026-11-23-settle-holds';

  override up(): void {
    this.addSql(`alter table billing.holds
      add column settled boolean not null generated always as (coalesce(facts >= facts_in_all, false)) stored`);
    // Those that lapsed long ago are over, whatever of their usage never came: else all of them would count as held again.
    this.addSql(`delete from billing.holds
      where least(over_at, until_ms) < (extract(epoch from now()) * 1000)::bigint - 86400000`);
    // Which scheduler asked: the one that follows it gives back what it left.
    this.addSql('alter table billing.holds add column shard text');
    this.addSql('drop index billing.holds_workspace_id_idx');
    this.addSql('create index holds_open on billing.holds (workspace_id) where not settled');
    this.addSql('create index holds_over on billing.holds (least(over_at, until_ms))');
  }
}
