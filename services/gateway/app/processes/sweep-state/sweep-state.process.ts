import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { LendingPool } from '@slipway/event-store';
import type { Bus } from '@slipway/messaging';
import { BUS, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { sweepSecrets } from '../../store/sweep-secrets.js';
import { sweepState } from '../../store/state/sweep-state.js';
import { POOL } from '../../tokens.js';

const EVERY_MS = 60_000;

/** Each minute, removes what dicts and queues no longer show, secrets that nothing can open any more, and volumes whose clients are silent. */
@Injectable()
export class SweepStateProcess implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(POOL) private readonly pool: LendingPool,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      const at = Date.now();
      for (const sweep of [this.sweepStored(at), this.expireVolumes()])
        sweep.catch((error: unknown) =>
          this.logger.warn({ err: error }, 'expired state is swept at the next round'),
        );
    }, EVERY_MS);
  }

  private async sweepStored(at: number): Promise<void> {
    await sweepState(this.pool, at);
    await sweepSecrets(this.pool, at);
  }

  private async expireVolumes(): Promise<void> {
    const { expiredVolumes } = await this.bus.request('blob-store.expire-volumes', {});
    if (expiredVolumes > 0) this.logger.info({ expiredVolumes }, 'ephemeral volumes removed');
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
