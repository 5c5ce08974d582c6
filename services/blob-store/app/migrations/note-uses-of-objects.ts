import { Migration } from '@mikro-orm/migrations';

/** Whatever uses the definitions that are there already was not written down: they are kept. */
export class NoteUsesOfObjects extends Migration {
  override name = '2026-11-24-note-uses-of-objects';

  override up(): void {
    this.addSql(`create table blob_store.object_uses (
      digest text not null references blob_store.objects,
      used_by text collate "C" not null,
      used_at bigint not null,
      primary key (digest, used_by)
    )`);
    this.addSql('create index on blob_store.object_uses (used_by)');
  }
}
