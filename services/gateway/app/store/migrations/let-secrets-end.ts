import { Migration } from '@mikro-orm/migrations';

/** A nameless secret is of its app, or of one call: it ends with that. */
export class LetSecretsEnd extends Migration {
  override name = '2026-11-23-let-secrets-end';

  override up(): void {
    this.addSql('alter table gateway.secrets add column call_id text');
    this.addSql('create index on gateway.secrets (app_id) where name is null');
  }
}
