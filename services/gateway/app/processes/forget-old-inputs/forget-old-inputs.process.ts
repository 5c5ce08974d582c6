import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { SqlPool } from '@slipway/event-store';
import { LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { forgetOldInputs } from '../../store/function-history/forget-old-inputs.js';
import { RequestList } from '../../store/request-history/request-list.js';
import { POOL } from '../../tokens.js';

const EVERY_MS = 3_600_000;

/** Each hour, keeps what is known of inputs and requests from growing for ever. */
@Injectable()
export class ForgetOldInputsProcess implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(POOL) private readonly pool: SqlPool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      const at = Date.now();
      Promise.all([forgetOldInputs(this.pool, at), new RequestList(this.pool).forgetOld(at)]).catch(
        (error: unknown) =>
          this.logger.warn({ err: error }, 'old inputs and requests are forgotten at the next round'),
      );
    }, EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
