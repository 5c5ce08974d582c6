import { Migration } from '@mikro-orm/migrations';

/** A charge grows for as long as its hour lasts: with room beside it that changes no index. */
export class LeaveRoomForCharges extends Migration {
  override name = '2026-11-22-leave-room-for-charges';

  override up(): void {
    this.addSql('alter table billing.charges set (fillfactor = 60)');
  }
}
