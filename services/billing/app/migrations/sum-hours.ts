import { Migration } from '@mikro-orm/migrations';

/** What a workspace was charged in an hour, kept with the charges: credits pay by the hour, and limits ask all the time. */
export class SumHours extends Migration {
  override name = '2026-11-23-sum-hours';

  override up(): void {
    this.addSql(`create table billing.hour_spend (
      workspace_id text not null,
      month text not null,
      hour bigint not null,
      billed bigint not null,
      primary key (workspace_id, month, hour)
    )`);
    this.addSql(`insert into billing.hour_spend (workspace_id, month, hour, billed)
      select workspace_id, billed_in, hour, sum(billed) from billing.charges group by 1, 2, 3`);
  }
}
