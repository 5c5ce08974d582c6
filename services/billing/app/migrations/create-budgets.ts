import { Migration } from '@mikro-orm/migrations';

export class CreateBudgets extends Migration {
  override name = '2026-11-21-create-budgets';

  override up(): void {
    this.addSql(`create table billing.budgets (
      budget_id text primary key,
      workspace_id text not null,
      environment text,
      kind text not null,
      limit_micro_usd bigint not null,
      webhook json,
      /* The highest share of the limit, in percent, that was told of, and in which month. */
      told_percent integer not null default 0,
      told_month text not null default '',
      set_by text not null,
      set_at bigint not null
    )`);
    this.addSql(`create unique index on billing.budgets (workspace_id, coalesce(environment, ''), kind)`);
    // Money set aside for a container from before it starts until what it used is booked.
    this.addSql(`create table billing.holds (
      hold_id text primary key,
      workspace_id text not null,
      environment text not null,
      /* The most that a second of it can cost. */
      nano_usd_per_second bigint not null,
      from_ms bigint not null,
      until_ms bigint not null,
      /* What of its life is booked. */
      metered_ns bigint not null default 0,
      facts integer not null default 0,
      /* How many facts there are of it, once the last one has come. */
      facts_in_all integer,
      /* When it was said to be over: after a while nothing more is expected of it. */
      over_at bigint
    )`);
    this.addSql('create index on billing.holds (workspace_id)');
    this.addSql(`create table billing.notices (
      notice_id text primary key,
      workspace_id text not null,
      type text not null,
      data json not null,
      at bigint not null,
      /* Where it goes; null: nowhere but the list. */
      webhook json,
      tries integer not null default 0,
      try_after bigint,
      delivered_at bigint,
      last_error text
    )`);
    this.addSql('create index on billing.notices (workspace_id, at)');
    this.addSql('create index on billing.notices (try_after) where try_after is not null');
  }
}
