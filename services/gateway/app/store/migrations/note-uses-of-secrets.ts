import { Migration } from '@mikro-orm/migrations';

/** What a nameless secret that was made for no app is used by: apps whose functions name it, and the calls of sandboxes. */
export class NoteUsesOfSecrets extends Migration {
  override name = '2026-11-23-note-uses-of-secrets';

  override up(): void {
    this.addSql(`create table gateway.secret_uses (
      secret_id text not null references gateway.secrets on delete cascade,
      used_by text not null,
      used_at bigint not null,
      primary key (secret_id, used_by))`);
    // What uses those that are there already is not known: they stay, as secrets of nobody.
    this.addSql(`update gateway.secrets set app_id = null where name is null and app_id = ''`);
  }
}
