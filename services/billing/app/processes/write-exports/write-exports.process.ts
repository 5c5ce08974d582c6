import { setTimeout as pause } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { isDatabaseAway } from '@slipway/event-store';
import { LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { ExportPlace } from '../../exports/write-export.js';
import type { BillingStore } from '../../store/open-store.js';
import { EXPORT_PLACE, STORE } from '../../tokens.js';
import { requestDueExports } from './request-due-exports.js';
import { writeNextExport } from './write-next-export.js';

const IDLE_MS = 1_000;
const RETRY_PAUSE_MS = 5_000;

/** Writes exports one after the other, as they are asked for or their time comes. */
@Injectable()
export class WriteExportsProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stopped = false;
  private running: Promise<void> | undefined;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(EXPORT_PLACE) private readonly place: ExportPlace,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await requestDueExports(this.store.pool, Date.now());
        if (!(await writeNextExport(this.store.pool, this.place, () => Date.now()))) await pause(IDLE_MS);
      } catch (error) {
        if (!isDatabaseAway(error)) this.logger.error({ err: error }, 'an export is not written now');
        await pause(RETRY_PAUSE_MS);
      }
    }
  }
}
