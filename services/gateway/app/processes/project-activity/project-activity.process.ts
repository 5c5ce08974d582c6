import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Bus } from '@slipway/messaging';
import { BUS, CONFIG, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { GatewayConfig } from '../../config.js';
import type { Activity } from '../../store/activity.js';
import { ACTIVITY } from '../../tokens.js';
import { projectActivity } from './project-activity.js';

/** Keeps the tables of activity up with the facts from the gateway's start on. */
@Injectable()
export class ProjectActivityProcess implements OnApplicationBootstrap {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(ACTIVITY) private readonly activity: Activity,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  onApplicationBootstrap(): void {
    const { bus, activity, logger, config } = this;
    void projectActivity({ bus, activity, logger, logRetention: config.logRetention });
  }
}
