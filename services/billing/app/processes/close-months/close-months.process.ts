import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { lastSettledMonth } from '@slipway/billing-core';
import { LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { closeMonths } from '../../invoices/close-months.js';
import type { BillingStore } from '../../store/open-store.js';
import { STORE } from '../../tokens.js';

const EVERY_MS = 10 * 60_000;

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
      const invoices = await closeMonths(this.store.pool, lastSettledMonth(now), now);
      if (invoices > 0) this.logger.info({ invoices }, 'invoices issued');
    } catch (error) {
      this.logger.error({ err: error }, 'months are not closed now, it will be tried again');
    }
  }
}
