import { Migration } from '@mikro-orm/migrations';

/** Amounts are whole micro-USD, quantities whole base units of their SKU. */
export class CreateLedger extends Migration {
  override name = '2026-11-21-create-ledger';

  override up(): void {
    this.addSql(`create table billing.accounts (
      workspace_id text primary key,
      name text not null,
      terms text not null,
      monthly_credit bigint not null,
      /* The first month that has no invoice. */
      open_month text not null,
      created_at bigint not null
    )`);
    this.addSql(`create table billing.rate_cards (
      card_id text primary key,
      effective_from bigint not null unique,
      card json not null,
      published_at bigint not null
    )`);
    this.addSql(`create table billing.discounts (
      discount_id text primary key,
      workspace_id text not null,
      discount json not null,
      given_at bigint not null
    )`);
    this.addSql(`create table billing.charges (
      charge_id text primary key,
      workspace_id text not null,
      environment text not null,
      /* A function or a volume. */
      resource_id text not null,
      app_id text,
      sku text not null,
      hour bigint not null,
      billed_in text not null,
      quantity numeric not null,
      list bigint not null,
      billed bigint not null,
      subject json not null,
      updated_at bigint not null
    )`);
    this.addSql('create index on billing.charges (workspace_id, billed_in, hour)');
    this.addSql('create index on billing.charges (workspace_id, hour, charge_id)');
    this.addSql('create index on billing.charges (hour, charge_id)');
    this.addSql(`create table billing.entries (
      number bigint generated always as identity primary key,
      entry_id text not null unique,
      workspace_id text not null,
      kind text not null,
      at bigint not null,
      memo text not null,
      usage bigint[] not null
    )`);
    this.addSql('create index on billing.entries (workspace_id, number)');
    this.addSql(`create table billing.postings (
      entry_id text not null references billing.entries (entry_id),
      place integer not null,
      account text not null,
      amount bigint not null,
      charge_id text,
      primary key (entry_id, place)
    )`);
    this.addSql('create index on billing.postings (charge_id) where charge_id is not null');
    // The sum of an account's postings, kept with them: the trial balance is read from here and checked against them.
    this.addSql(`create table billing.balances (
      account text primary key,
      amount bigint not null
    )`);
    // What an environment was charged in a month, kept with the charges: budgets ask for it all the time.
    this.addSql(`create table billing.month_spend (
      workspace_id text not null,
      environment text not null,
      month text not null,
      billed bigint not null,
      primary key (workspace_id, month, environment)
    )`);
    this.addSql(`create table billing.grants (
      grant_id text primary key,
      workspace_id text not null,
      amount bigint not null,
      left_over bigint not null check (left_over >= 0),
      starts_at bigint not null,
      expires_at bigint,
      lapsed boolean not null default false,
      reason text not null,
      given_at bigint not null
    )`);
    this.addSql('create index on billing.grants (workspace_id, starts_at)');
    this.addSql(`create table billing.invoices (
      number bigint primary key,
      workspace_id text not null,
      month text not null,
      invoice json not null,
      issued_at bigint not null,
      unique (workspace_id, month)
    )`);
    // What was corrected by hand, with the month on whose invoice it is.
    this.addSql(`create table billing.adjustments (
      entry_id text primary key references billing.entries (entry_id),
      workspace_id text not null,
      billed_in text not null,
      amount bigint not null,
      reason text not null,
      at bigint not null
    )`);
    this.addSql('create index on billing.adjustments (workspace_id, billed_in)');
    this.addSql(`create table billing.unpriced_usage (
      position bigint not null,
      sku text not null,
      source text not null,
      workspace_id text not null,
      at bigint not null,
      primary key (position, sku)
    )`);
    // Which usage had inputs of which calls in hand: what a call cost is read from there.
    this.addSql(`create table billing.call_usage (
      call_id text not null,
      position bigint not null,
      workspace_id text not null,
      function_id text not null,
      at bigint not null,
      primary key (call_id, position)
    )`);
    this.addSql('create index on billing.call_usage (function_id, at)');
    // Where the pricing of usage stands: moved in the transaction that books it.
    this.addSql(`create table billing.progress (
      process text primary key,
      position bigint not null
    )`);
    this.addSql(`create function billing.keep_as_it_is() returns trigger language plpgsql as
      $$ begin raise exception 'the ledger is only added to: % of % is refused', tg_op, tg_table_name; end $$`);
    for (const table of ['entries', 'postings'])
      this.addSql(`create trigger ${table}_stay before update or delete or truncate on billing.${table}
        for each statement execute function billing.keep_as_it_is()`);
  }
}
