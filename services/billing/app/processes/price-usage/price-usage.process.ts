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
import type { JustTaken } from '../../metering/just-taken.js';
import type { BillingStore } from '../../store/open-store.js';
import { JUST_TAKEN, STORE } from '../../tokens.js';
import { priceUsage } from './price-usage.js';

/** How long usage waits at most before it is booked. */
const IDLE_MS = 500;
const RETRY_PAUSE_MS = 1_000;

/** Books usage as it is taken, for as long as the process lives. */
@Injectable()
export class PriceUsageProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private stopped = false;
  private running: Promise<void> | undefined;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(JUST_TAKEN) private readonly justTaken: JustTaken,
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
        const priced = await priceUsage(this.store.pool, () => Date.now(), { justTaken: this.justTaken });
        if (priced === 0) await pause(IDLE_MS);
      } catch (error) {
        if (!isDatabaseAway(error)) this.logger.error({ err: error }, 'usage is not booked now');
        await pause(RETRY_PAUSE_MS);
      }
    }
  }
}
