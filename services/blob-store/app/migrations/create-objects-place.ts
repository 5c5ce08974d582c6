import { Migration } from '@mikro-orm/migrations';

export class CreateObjectsPlace extends Migration {
  override name = '2026-11-23-create-objects-place';

  override up(): void {
    this.addSql(`create table blob_store.objects_place (
      is_only boolean primary key default true check (is_only),
      place text not null
    )`);
  }
}
