import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { SqlPool } from '@slipway/event-store';
import { LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { sweepSecrets } from '../../store/sweep-secrets.js';
import { sweepState } from '../../store/state/sweep-state.js';
import { POOL } from '../../tokens.js';

const EVERY_MS = 60_000;

/** Each minute, removes what dicts and queues no longer show, and secrets that nothing can open any more. */
@Injectable()
export class SweepStateProcess implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(POOL) private readonly pool: SqlPool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweep(Date.now()).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'expired state is swept at the next round'),
      );
    }, EVERY_MS);
  }

  private async sweep(at: number): Promise<void> {
    await sweepState(this.pool, at);
    await sweepSecrets(this.pool, at);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
