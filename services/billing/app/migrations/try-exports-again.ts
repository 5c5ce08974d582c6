import { Migration } from '@mikro-orm/migrations';

export class TryExportsAgain extends Migration {
  override name = '2026-11-23-try-exports-again';

  override up(): void {
    this.addSql('alter table billing.exports add column try_after bigint');
  }
}
