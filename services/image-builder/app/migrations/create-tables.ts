import { Migration } from '@mikro-orm/migrations';

export class CreateTables extends Migration {
  override name = '2026-11-21-create-tables';

  override up(): void {
    this.addSql(`create table image_builder.build_log (
      image_id text not null,
      entry integer not null,
      attempt integer not null,
      stream text not null,
      data text not null,
      at bigint not null,
      primary key (image_id, entry)
    )`);
    // What was made once and is kept by the blob-store: base images and single layers, by a key that says how.
    this.addSql(`create table image_builder.made (
      key text primary key,
      value json not null,
      made_at timestamptz not null default now()
    )`);
  }
}
