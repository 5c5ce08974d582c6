import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
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
export class SendNoticesProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(CONFIG) private readonly config: BillingConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.working ??= this.work().finally(() => (this.working = undefined));
    }, EVERY_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  private async work(): Promise<void> {
    try {
      await tellThresholds(this.store.pool, Date.now());
      const addressOf = this.config.webhooksInside ? async (host: string) => host : publicAddress;
      await sendNotices(this.store.pool, addressOf, () => Date.now());
    } catch (error) {
      this.logger.error({ err: error }, 'notices are not sent now, it will be tried again');
    }
  }
}
