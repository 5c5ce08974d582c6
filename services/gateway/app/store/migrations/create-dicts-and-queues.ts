import { Migration } from '@mikro-orm/migrations';

/**
 * Dicts and queues. Partitions hold the items from `head` up to `tail`; what a get took lies below `head` until its receipt,
 * by which a repeated request finds its answer again, is swept.
 */
export class CreateDictsAndQueues extends Migration {
  override name = '2026-11-21-create-dicts-and-queues';

  override up(): void {
    this.addSql(`create table gateway.state_objects (
      object_id text primary key,
      kind text not null,
      workspace_id text not null,
      environment text not null,
      name text,
      created_by text not null,
      created_at bigint not null,
      expires_at bigint,
      deleted_at bigint)`);
    this.addSql(`create unique index state_objects_by_name
      on gateway.state_objects (workspace_id, kind, environment, name) where deleted_at is null`);
    this
      .addSql(`create index state_objects_to_sweep on gateway.state_objects (coalesce(deleted_at, expires_at))
      where deleted_at is not null or expires_at is not null`);
    this.addSql(`create table gateway.dict_entries (
      dict_id text not null,
      key_hash bytea not null,
      key bytea not null,
      value bytea not null,
      used_at bigint not null,
      primary key (dict_id, key_hash))`);
    this.addSql(`create index dict_entries_by_use on gateway.dict_entries (used_at)`);
    this.addSql(`create table gateway.dict_receipts (
      receipt_id text primary key,
      done boolean not null,
      value bytea,
      at bigint not null)`);
    this.addSql(`create index on gateway.dict_receipts (at)`);
    this.addSql(`create table gateway.queue_partitions (
      queue_id text not null,
      partition_key bytea not null,
      head bigint not null,
      tail bigint not null,
      expires_at bigint not null,
      primary key (queue_id, partition_key))`);
    this.addSql(`create index on gateway.queue_partitions (expires_at)`);
    this.addSql(`create table gateway.queue_items (
      queue_id text not null,
      partition_key bytea not null,
      seq bigint not null,
      value bytea not null,
      primary key (queue_id, partition_key, seq))`);
    this.addSql(`create table gateway.queue_receipts (
      receipt_id text primary key,
      queue_id text not null,
      partition_key bytea not null,
      from_seq bigint not null,
      to_seq bigint not null,
      asked_again boolean not null default false,
      at bigint not null)`);
    this.addSql(`create index on gateway.queue_receipts (at)`);
  }
}
