import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { hearOn, waitedForUntil, type Hearing } from '@slipway/billing-core';
import { BusPulse, type Bus } from '@slipway/messaging';
import { BUS, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { forgetHolds } from '../../store/hold-rows.js';
import type { BillingStore } from '../../store/open-store.js';
import { STORE } from '../../tokens.js';
import { WorkLoop } from '../work-loop.js';

const LOOK_EVERY_MS = 10_000;
/** A bus that is there carries a message at least this often. */
const BUS_HEARD_WITHIN_MS = 5_000;

/** Gives back what is held for containers of which nothing more comes; while billing does not hear, nothing lapses. */
@Injectable()
export class ForgetHoldsProcess implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: WorkLoop | undefined;
  private hearing: Hearing | undefined;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const pulse = new BusPulse(this.bus.connection);
    this.loop = new WorkLoop({
      work: async () => {
        if (Date.now() - pulse.heardAt < BUS_HEARD_WITHIN_MS) await this.look(Date.now());
        return false;
      },
      idleMs: LOOK_EVERY_MS,
      retryMs: LOOK_EVERY_MS,
      failed: (error) => this.logger.error({ err: error }, 'holds are not given back now'),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }

  /** Counts as heard only once the database has answered. */
  private async look(at: number): Promise<void> {
    const hearing = hearOn(this.hearing, at);
    const overBy = waitedForUntil(hearing);
    await forgetHolds(this.store.pool, overBy ?? 0);
    this.hearing = hearing;
  }
}
