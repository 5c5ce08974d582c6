import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONFIG, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { BillingConfig } from '../../config.js';
import type { ExportPlace } from '../../exports/write-export.js';
import type { BillingStore } from '../../store/open-store.js';
import { EXPORT_PLACE, STORE } from '../../tokens.js';
import { WorkLoop } from '../work-loop.js';
import { removeOldExport } from './remove-old-export.js';

const EVERY_MS = 10 * 60_000;

/** Takes exports off the shelf that have lain there for as long as they are kept. */
@Injectable()
export class RemoveOldExportsProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: WorkLoop | undefined;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(EXPORT_PLACE) private readonly place: ExportPlace,
    @Inject(CONFIG) private readonly config: BillingConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = new WorkLoop({
      work: () => removeOldExport(this.store.pool, this.place.shelf, this.config.exportDays, Date.now()),
      idleMs: EVERY_MS,
      retryMs: EVERY_MS,
      failed: (error) =>
        this.logger.error({ err: error }, 'an old export is not removed now, it will be tried again'),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }
}
