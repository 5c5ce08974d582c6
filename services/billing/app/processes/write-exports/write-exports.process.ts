import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { ExportPlace } from '../../exports/write-export.js';
import type { BillingStore } from '../../store/open-store.js';
import { EXPORT_PLACE, STORE } from '../../tokens.js';
import { WorkLoop } from '../work-loop.js';
import { requestDueExports } from './request-due-exports.js';
import { writeNextExport } from './write-next-export.js';

const IDLE_MS = 1_000;
const RETRY_PAUSE_MS = 5_000;

/** Writes exports one after the other, as they are asked for or their time comes. */
@Injectable()
export class WriteExportsProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: WorkLoop | undefined;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(EXPORT_PLACE) private readonly place: ExportPlace,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = new WorkLoop({
      work: async () => {
        await requestDueExports(this.store.pool, Date.now());
        return writeNextExport(this.store.pool, this.place, () => Date.now());
      },
      idleMs: IDLE_MS,
      retryMs: RETRY_PAUSE_MS,
      failed: (error) => this.logger.error({ err: error }, 'an export is not written now'),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }
}
