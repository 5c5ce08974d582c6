import { Migration } from '@mikro-orm/migrations';

export class CreateTables extends Migration {
  override name = '2026-11-21-create-tables';

  override up(): void {
    this.addSql(`create table blob_store.objects (
      digest text primary key,
      size_bytes bigint not null,
      kept boolean not null,
      corrupted boolean not null default false,
      touched_at bigint not null
    )`);
    this.addSql(`create table blob_store.blobs (
      blob_id text primary key,
      workspace_id text not null,
      expires_at bigint not null,
      content_length_bytes bigint,
      md5_hex text,
      sha256_hex text,
      digest text references blob_store.objects,
      size_bytes bigint
    )`);
    this.addSql('create index on blob_store.blobs (expires_at)');
    this.addSql('create index on blob_store.blobs (digest)');
    this.addSql(`create table blob_store.upload_parts (
      blob_id text not null references blob_store.blobs on delete cascade,
      part_number integer not null,
      digest text not null references blob_store.objects,
      size_bytes bigint not null,
      md5_hex text not null,
      primary key (blob_id, part_number)
    )`);
    this.addSql('create index on blob_store.upload_parts (digest)');
    this.addSql(`create table blob_store.mounts (
      mount_id text primary key,
      workspace_id text not null,
      name text,
      checksum text not null,
      named_at bigint not null
    )`);
    this.addSql('create index on blob_store.mounts (workspace_id, name, named_at)');
    this.addSql(`create table blob_store.mount_files (
      mount_id text not null references blob_store.mounts,
      filename text not null,
      digest text not null references blob_store.objects,
      size_bytes bigint not null,
      mode integer,
      primary key (mount_id, filename)
    )`);
    this.addSql('create index on blob_store.mount_files (digest)');
  }
}
