import { Migration } from '@mikro-orm/migrations';

/** A request that deleted a volume may come again, and is answered as it was then. */
export class NoteDeletionsOfVolumes extends Migration {
  override name = '2026-11-24-note-deletions-of-volumes';

  override up(): void {
    this.addSql(`create table blob_store.volume_deletions (
      volume_id text primary key,
      workspace_id text not null,
      deletion_id text not null,
      deleted_at bigint not null
    )`);
  }
}
