import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { JustTaken } from '../../metering/just-taken.js';
import type { BillingStore } from '../../store/open-store.js';
import { JUST_TAKEN, STORE } from '../../tokens.js';
import { WorkLoop } from '../work-loop.js';
import { priceUsage } from './price-usage.js';

/** How long usage waits at most before it is booked. */
const IDLE_MS = 500;
const RETRY_PAUSE_MS = 1_000;

/** Books usage as it is taken, for as long as the process lives. */
@Injectable()
export class PriceUsageProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: WorkLoop | undefined;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(JUST_TAKEN) private readonly justTaken: JustTaken,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = new WorkLoop({
      work: async () =>
        (await priceUsage(this.store.pool, () => Date.now(), { justTaken: this.justTaken })) > 0,
      idleMs: IDLE_MS,
      retryMs: RETRY_PAUSE_MS,
      failed: (error) => this.logger.error({ err: error }, 'usage is not booked now'),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }
}
