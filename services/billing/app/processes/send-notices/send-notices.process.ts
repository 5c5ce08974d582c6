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
import { WorkLoop } from '../work-loop.js';

const EVERY_MS = 1_000;

/** Tells who asked for it that a share of a budget is spent. */
@Injectable()
export class SendNoticesProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: WorkLoop | undefined;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(CONFIG) private readonly config: BillingConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = new WorkLoop({
      work: async () => {
        await tellThresholds(this.store.pool, Date.now());
        const addressOf = this.config.webhooksInside ? async (host: string) => host : publicAddress;
        await sendNotices(this.store.pool, addressOf, () => Date.now());
        return false;
      },
      idleMs: EVERY_MS,
      retryMs: EVERY_MS,
      failed: (error) =>
        this.logger.error({ err: error }, 'notices are not sent now, it will be tried again'),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }
}
