import { join } from 'node:path';
import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { FACTS_STREAM } from '@slipway/contracts';
import { ensureStreams, type Bus } from '@slipway/messaging';
import { BUS, CONFIG, READINESS, type Readiness } from '@slipway/nest-kit';
import { BudgetsController } from './budgets.controller.js';
import type { BillingConfig } from './config.js';
import { ExportsController } from './exports.controller.js';
import { DiskShelf } from './exports/shelf/disk-shelf.js';
import { S3Shelf } from './exports/shelf/s3-shelf.js';
import type { ExportPlace } from './exports/write-export.js';
import { InvoicesController } from './invoices.controller.js';
import { JustTaken } from './metering/just-taken.js';
import { MeteringController } from './metering/metering.controller.js';
import { UsageIntake } from './metering/usage-intake.js';
import { MeasureVolumesProcess } from './processes/measure-volumes/measure-volumes.process.js';
import { MoneyController } from './money.controller.js';
import { CloseMonthsProcess } from './processes/close-months/close-months.process.js';
import { ForgetHoldsProcess } from './processes/forget-holds/forget-holds.process.js';
import { PriceUsageProcess } from './processes/price-usage/price-usage.process.js';
import { RemoveOldExportsProcess } from './processes/remove-old-exports/remove-old-exports.process.js';
import { SendNoticesProcess } from './processes/send-notices/send-notices.process.js';
import { WriteExportsProcess } from './processes/write-exports/write-exports.process.js';
import { openStore, type BillingStore } from './store/open-store.js';
import { EXPORT_PLACE, JUST_TAKEN, STORE, USAGE_INTAKE } from './tokens.js';

@Module({
  controllers: [
    MeteringController,
    MoneyController,
    BudgetsController,
    InvoicesController,
    ExportsController,
  ],
  providers: [
    {
      provide: STORE,
      inject: [CONFIG, READINESS],
      useFactory: async (config: BillingConfig, readiness: Readiness): Promise<BillingStore> => {
        const store = await openStore(config.databaseUrl);
        readiness.add('postgres', () => store.orm.isConnected());
        return store;
      },
    },
    { provide: JUST_TAKEN, useValue: new JustTaken() },
    {
      provide: USAGE_INTAKE,
      inject: [STORE, JUST_TAKEN],
      useFactory: ({ pool }: BillingStore, justTaken: JustTaken) =>
        new UsageIntake(pool, () => Date.now(), justTaken),
    },
    {
      provide: EXPORT_PLACE,
      inject: [CONFIG],
      useFactory: ({ dataDir, issuer, exportBucket }: BillingConfig): ExportPlace => ({
        shelf: exportBucket ? new S3Shelf(exportBucket) : new DiskShelf(join(dataDir, 'exports')),
        scratch: join(dataDir, 'exports-being-written'),
        issuer,
      }),
    },
    MeasureVolumesProcess,
    PriceUsageProcess,
    ForgetHoldsProcess,
    CloseMonthsProcess,
    SendNoticesProcess,
    WriteExportsProcess,
    RemoveOldExportsProcess,
  ],
})
export class BillingModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(READINESS) readiness: Readiness,
  ) {
    readiness.add('facts', async () => {
      const manager = await bus.connection.jetstreamManager();
      return (await manager.streams.info(FACTS_STREAM)).config.name === FACTS_STREAM;
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await ensureStreams(this.bus);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.orm.close();
  }
}
