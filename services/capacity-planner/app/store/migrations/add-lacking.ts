import { Migration } from '@mikro-orm/migrations';

/** Of metered demand, what no host had room for; null in steps that were metered before. */
export class AddLacking extends Migration {
  override name = '2026-11-22-add-lacking';

  override up(): void {
    this.addSql(`alter table capacity_planner.demand_steps add column lacking json`);
  }
}
