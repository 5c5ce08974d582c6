import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { BillingConfig } from '../../config.js';
import { publicAddress } from '../../notices/public-address.js';
import { sendNotices } from '../../notices/send-notices.js';
import { tellThresholds } from '../../notices/tell-thresholds.js';
import type { BillingStore } from '../../store/open-store.js';
import { STORE } from '../../tokens.js';

const EVERY_MS = 1_000;

/** Tells who asked for it that a share of a budget is spent. */
@Injectable()
export class SendNoticesProcess implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private working = false;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(CONFIG) private readonly config: BillingConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.work(), EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      await tellThresholds(this.store.pool, Date.now());
      const addressOf = this.config.webhooksInside ? async (host: string) => host : publicAddress;
      await sendNotices(this.store.pool, addressOf, () => Date.now());
    } catch (error) {
      this.logger.error({ err: error }, 'notices are not sent now, it will be tried again');
    } finally {
      this.working = false;
    }
  }
}
