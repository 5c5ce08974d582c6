import { Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import { openDatabase, poolOf, type LendingPool } from '@slipway/event-store';
import { CreateBudgets } from '../migrations/create-budgets.js';
import { CreateExports } from '../migrations/create-exports.js';
import { CreateLedger } from '../migrations/create-ledger.js';
import { CreateMetering } from '../migrations/create-metering.js';
import { DateGaps } from '../migrations/date-gaps.js';
import { EaseTakingUsage } from '../migrations/ease-taking-usage.js';
import { FindOldExports } from '../migrations/find-old-exports.js';
import { IndexBilledCharges } from '../migrations/index-billed-charges.js';
import { LeaveRoomForCharges } from '../migrations/leave-room-for-charges.js';
import { SettleHolds } from '../migrations/settle-holds.js';
import { SumHours } from '../migrations/sum-hours.js';
import { TryExportsAgain } from '../migrations/try-exports-again.js';
import { ensureFirstCard } from './rate-book-rows.js';

const SCHEMA = 'billing';

export type BillingStore = Readonly<{ orm: MikroORM; pool: LendingPool }>;

/** Opens billing's tables, bringing them to the newest form. */
export const openStore = async (databaseUrl: string): Promise<BillingStore> => {
  const orm = await openDatabase({
    databaseUrl,
    schema: SCHEMA,
    extensions: [Migrator],
    migrations: {
      migrationsList: [
        CreateMetering,
        CreateLedger,
        CreateBudgets,
        IndexBilledCharges,
        EaseTakingUsage,
        CreateExports,
        LeaveRoomForCharges,
        FindOldExports,
        SettleHolds,
        TryExportsAgain,
        SumHours,
        DateGaps,
      ],
      tableName: `${SCHEMA}.migrations`,
      snapshot: false,
    },
  });
  await orm.migrator.up();
  const pool = await poolOf(orm);
  await ensureFirstCard(pool, Date.now());
  return { orm, pool };
};
