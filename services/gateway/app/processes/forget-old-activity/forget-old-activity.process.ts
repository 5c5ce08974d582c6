import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { SqlPool } from '@slipway/event-store';
import { CONFIG, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { GatewayConfig } from '../../config.js';
import { forgetOldActivity } from '../../store/forget-old-activity.js';
import { forgetOldInputs } from '../../store/function-history/forget-old-inputs.js';
import { RequestList } from '../../store/request-history/request-list.js';
import { POOL } from '../../tokens.js';

const EVERY_MS = 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** Each hour, keeps what is known of inputs, requests, calls and containers from growing for ever. */
@Injectable()
export class ForgetOldActivityProcess implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(POOL) private readonly pool: SqlPool,
    @Inject(CONFIG) private readonly config: GatewayConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.forget(Date.now()).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'old activity is forgotten at the next round'),
      );
    }, EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async forget(at: number): Promise<void> {
    await forgetOldInputs(this.pool, at);
    await new RequestList(this.pool).forgetOld(at);
    const { activityDays } = this.config;
    if (activityDays > 0) await forgetOldActivity(this.pool, at - activityDays * DAY_MS);
  }
}
