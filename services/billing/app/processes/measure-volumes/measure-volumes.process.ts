import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { lastWholeHour } from '@slipway/billing-core';
import type { Bus } from '@slipway/messaging';
import { BUS, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { UsageIntake } from '../../metering/usage-intake.js';
import type { BillingStore } from '../../store/open-store.js';
import { STORE, USAGE_INTAKE } from '../../tokens.js';
import { measureVolumes } from './measure-volumes.js';

const LOOK_EVERY_MS = 30_000;

/** Measures volumes once for each hour that is over, soon after its end. Hours in which no billing ran are not made up. */
@Injectable()
export class MeasureVolumesProcess implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private measuredHour = 0;

  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(USAGE_INTAKE) private readonly intake: UsageIntake,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.measure(), LOOK_EVERY_MS);
    void this.measure();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async measure(): Promise<void> {
    const hour = lastWholeHour(Date.now());
    if (hour <= this.measuredHour) return;
    const before = this.measuredHour;
    this.measuredHour = hour;
    try {
      await measureVolumes(
        {
          pool: this.store.pool,
          intake: this.intake,
          sizesAfter: async (after, limit) => {
            const ask = { ...(after === undefined ? {} : { after }), limit };
            return (await this.bus.request('blob-store.measure-volumes', ask)).volumes;
          },
        },
        hour,
      );
    } catch (error) {
      this.measuredHour = before;
      this.logger.warn({ err: error, hour }, 'volumes are not measured yet');
    }
  }
}
