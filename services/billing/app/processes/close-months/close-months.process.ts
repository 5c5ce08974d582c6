import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { closeMonths, monthBefore } from '../../invoices/close-months.js';
import type { BillingStore } from '../../store/open-store.js';
import { STORE } from '../../tokens.js';

const EVERY_MS = 10 * 60_000;
/** How long usage of a month that is over is waited for; what comes later is a correction on the next invoice. */
const SETTLES_IN_MS = 48 * 60 * 60_000;

/** Issues the invoices of the month before, two days after its end. */
@Injectable()
export class CloseMonthsProcess implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.close(), EVERY_MS);
    void this.close();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async close(): Promise<void> {
    const now = Date.now();
    try {
      const invoices = await closeMonths(this.store.pool, monthBefore(now - SETTLES_IN_MS), now);
      if (invoices > 0) this.logger.info({ invoices }, 'invoices issued');
    } catch (error) {
      this.logger.error({ err: error }, 'months are not closed now, it will be tried again');
    }
  }
}
