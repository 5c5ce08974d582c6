import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Bus } from '@slipway/messaging';
import { BUS, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
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
  ) {}

  onApplicationBootstrap(): void {
    void projectActivity({ bus: this.bus, activity: this.activity, logger: this.logger });
  }
}
