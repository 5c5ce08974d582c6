import { Migration } from '@mikro-orm/migrations';

/** Whatever uses the mounts that are there already was not written down: they are kept. */
export class NoteUsesOfMounts extends Migration {
  override name = '2026-11-23-note-uses-of-mounts';

  override up(): void {
    this.addSql(`alter table blob_store.mounts
      add column kept boolean not null default true,
      add column touched_at bigint`);
    this.addSql('update blob_store.mounts set touched_at = named_at');
    this.addSql(`alter table blob_store.mounts
      alter column kept drop default,
      alter column touched_at set not null`);
    this.addSql('create index on blob_store.mounts (touched_at) where not kept');
    this.addSql(`alter table blob_store.mount_files
      drop constraint mount_files_mount_id_fkey,
      add foreign key (mount_id) references blob_store.mounts on delete cascade`);
    this.addSql(`create table blob_store.mount_uses (
      mount_id text not null references blob_store.mounts on delete cascade,
      used_by text collate "C" not null,
      used_at bigint not null,
      primary key (mount_id, used_by)
    )`);
    this.addSql('create index on blob_store.mount_uses (used_by)');
  }
}
