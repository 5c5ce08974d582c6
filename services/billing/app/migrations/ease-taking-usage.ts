import { Migration } from '@mikro-orm/migrations';

/**
 * A subject is written in the commit of its first fact and never taken away: looking for it again for each fact that comes
 * would cost as much as writing the fact.
 */
export class EaseTakingUsage extends Migration {
  override name = '2026-11-21-ease-taking-usage';

  override up(): void {
    this.addSql('alter table billing.usage_facts drop constraint usage_facts_subject_id_fkey');
    this.addSql('create rule usage_subjects_stay as on delete to billing.usage_subjects do instead nothing');
  }
}
