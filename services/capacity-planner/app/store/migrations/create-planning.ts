import { Migration } from '@mikro-orm/migrations';

/**
 * Demand as it was metered, catalogue versions, and plans with all that they depend on. What was decided stands in the event log;
 * offers and problems are JSON in gzip, since thousands of offers stand in each.
 */
export class CreatePlanning extends Migration {
  override name = '2026-11-21-create-planning';

  override up(): void {
    this.addSql(`create table capacity_planner.demand_steps (
      starts_at bigint primary key,
      containers json not null)`);
    this.addSql(`create table capacity_planner.facts_read (
      service text primary key,
      position bigint not null,
      state json not null,
      read_at bigint not null)`);
    this.addSql(`create table capacity_planner.catalogue_versions (
      version text primary key,
      first_seen_at bigint not null,
      offers integer not null,
      rejected json not null,
      content bytea not null)`);
    this.addSql(`create table capacity_planner.plans (
      plan_id text primary key,
      made_at bigint not null,
      trigger text not null,
      inputs_hash text not null,
      catalogue_version text not null,
      plan json not null,
      problem bytea not null)`);
    this.addSql(`create index on capacity_planner.plans (made_at desc, plan_id desc)`);
  }
}
