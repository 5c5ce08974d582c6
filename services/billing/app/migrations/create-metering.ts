import { Migration } from '@mikro-orm/migrations';

/** Usage facts as they were taken. What is said by all facts of a container is kept once. */
export class CreateMetering extends Migration {
  override name = '2026-11-21-create-metering';

  override up(): void {
    this.addSql(`create table billing.usage_sources (
      source text primary key,
      kind text not null,
      workspace_id text not null,
      owner text not null,
      taken bigint not null,
      highest_sequence bigint not null,
      end_sequence bigint,
      until_ms bigint not null,
      last_taken_at_ms bigint not null
    )`);
    // The sources of which something may be missing: few, and all that the list of anomalies has to look at.
    this.addSql(`create index usage_sources_unfinished on billing.usage_sources (last_taken_at_ms)
      where taken <= highest_sequence or (kind = 'container' and end_sequence is null)`);
    this.addSql(`create table billing.usage_subjects (
      subject_id bigint generated always as identity primary key,
      digest bytea not null unique,
      subject json not null
    )`);
    this.addSql(`create table billing.usage_facts (
      source text not null,
      sequence bigint not null,
      position bigint not null unique,
      subject_id bigint not null references billing.usage_subjects,
      digest bytea not null,
      from_ms bigint not null,
      duration_ns bigint not null,
      measured json not null,
      primary key (source, sequence)
    )`);
    this.addSql(`create table billing.usage_anomalies (
      anomaly_id text primary key,
      code text not null,
      message text not null,
      seen_at_ms bigint not null,
      source text,
      sequence bigint,
      workspace_id text,
      fact json not null
    )`);
    this.addSql('create index on billing.usage_anomalies (seen_at_ms)');
    // Facts are what charges stand on: none is changed or taken away.
    this.addSql('create rule usage_facts_stay as on delete to billing.usage_facts do instead nothing');
    this.addSql(
      'create rule usage_facts_are_never_changed as on update to billing.usage_facts do instead nothing',
    );
  }
}
