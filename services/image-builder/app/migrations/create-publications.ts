import { Migration } from '@mikro-orm/migrations';

export class CreatePublications extends Migration {
  override name = '2026-11-21-create-publications';

  override up(): void {
    this.addSql(`create table image_builder.publications (
      revision_id text primary key,
      workspace_id text not null,
      environment text not null,
      tag text collate "C" not null,
      image_id text not null,
      published_at bigint not null,
      published_by text not null
    )`);
    this.addSql(
      'create index on image_builder.publications (workspace_id, environment, tag, published_at desc, revision_id desc)',
    );
  }
}
