import { Migration } from '@mikro-orm/migrations';

export class CreateVolumes extends Migration {
  override name = '2026-11-21-create-volumes';

  override up(): void {
    this.addSql(`create table blob_store.volumes (
      volume_id text primary key,
      workspace_id text not null,
      environment text not null,
      name text,
      format smallint not null,
      created_at bigint not null,
      created_by text not null,
      version bigint not null default 0,
      history_from bigint not null default 0,
      expires_at bigint
    )`);
    this.addSql(
      'create unique index on blob_store.volumes (workspace_id, environment, name) where name is not null',
    );
    this.addSql('create index on blob_store.volumes (expires_at) where expires_at is not null');
    // A removed entry stays for a while, so that readers of an older version learn of it.
    this.addSql(`create table blob_store.volume_entries (
      volume_id text not null references blob_store.volumes on delete cascade,
      path text collate "C" not null,
      folder text collate "C" not null generated always as
        (case when strpos(path, '/') = 0 then '' else regexp_replace(path, '/[^/]*$', '') end) stored,
      kind text not null,
      size_bytes bigint not null,
      mode integer not null,
      mtime_ms double precision not null,
      target text,
      blocks text[] not null,
      removed boolean not null,
      changed_in bigint not null,
      changed_at bigint not null,
      primary key (volume_id, path)
    )`);
    this.addSql('create index on blob_store.volume_entries (volume_id, folder, path) where not removed');
    this.addSql('create index on blob_store.volume_entries (volume_id, changed_in)');
    this.addSql('create index on blob_store.volume_entries (changed_at) where removed');
    this.addSql(`create table blob_store.volume_blocks (
      volume_id text not null,
      path text collate "C" not null,
      digest text not null references blob_store.objects,
      primary key (volume_id, path, digest),
      foreign key (volume_id, path) references blob_store.volume_entries on delete cascade
    )`);
    this.addSql('create index on blob_store.volume_blocks (digest)');
    this.addSql(`create table blob_store.volume_staged_parts (
      volume_id text not null references blob_store.volumes on delete cascade,
      commit_id text not null,
      part integer not null,
      changes json not null,
      staged_at bigint not null,
      primary key (volume_id, commit_id, part)
    )`);
    this.addSql(`create table blob_store.volume_commits (
      volume_id text not null references blob_store.volumes on delete cascade,
      commit_id text not null,
      version bigint not null,
      committed_at bigint not null,
      primary key (volume_id, commit_id)
    )`);
    // Which bytes a workspace has shown that it has: nobody gets a block by naming its digest.
    this.addSql(`create table blob_store.workspace_blocks (
      workspace_id text not null,
      digest text not null references blob_store.objects on delete cascade,
      primary key (workspace_id, digest)
    )`);
    this.addSql('create index on blob_store.workspace_blocks (digest)');
  }
}
