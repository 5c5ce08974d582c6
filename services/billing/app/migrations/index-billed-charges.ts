import { Migration } from '@mikro-orm/migrations';

/** Exports read what is billed in a month, in the order of hours; nothing reads the hours of all workspaces otherwise. */
export class IndexBilledCharges extends Migration {
  override name = '2026-11-21-index-billed-charges';

  override up(): void {
    this.addSql('create index on billing.charges (billed_in, hour, charge_id)');
    this.addSql('drop index billing.charges_hour_charge_id_idx');
  }
}
