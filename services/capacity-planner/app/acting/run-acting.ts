import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CONFIG, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { CapacityPlannerConfig } from '../config.js';
import { ACTING, HOST_LEDGER } from '../tokens.js';
import type { ActOnPlan } from './act-on-plan.js';
import type { HostLedger } from './host-ledger.js';

/** Acts every few seconds, while there is a vendor to ask. */
@Injectable()
export class RunActing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ACTING) private readonly acting: ActOnPlan,
    @Inject(HOST_LEDGER) private readonly ledger: HostLedger,
    @Inject(CONFIG) private readonly config: CapacityPlannerConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.ledger.forgetBefore(Date.now());
      this.acting
        .act()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'the fleet stays as it is for now'));
    }, this.config.actEveryMs);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
