import { Migration } from '@mikro-orm/migrations';

/** An endpoint of a class with parameters knows which ones a request may say. */
export class NameClassParameters extends Migration {
  override name = '2026-11-24-name-class-parameters';

  override up(): void {
    this.addSql('alter table gateway.web_routes add column class_parameters text');
  }
}
