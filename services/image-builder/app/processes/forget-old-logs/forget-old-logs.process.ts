import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { BuildLog } from '../../build-log/build-log.js';
import { forgottenBefore } from '../../build-log/forgotten-log.js';
import type { ImageBuilderConfig } from '../../config.js';
import type { ImageLedger } from '../../ledger/image-ledger.js';
import { BUILD_LOG, LEDGER } from '../../tokens.js';

const EVERY_MS = 3_600_000;

/** Each hour, removes what builds said longer ago than logs are kept. */
@Injectable()
export class ForgetOldLogsProcess implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(BUILD_LOG) private readonly log: BuildLog,
    @Inject(LEDGER) private readonly ledger: ImageLedger,
    @Inject(CONFIG) private readonly config: ImageBuilderConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.forget(Date.now()).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'old build logs are forgotten at the next round'),
      );
    }, EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async forget(at: number): Promise<void> {
    const before = forgottenBefore(this.config.logDays, at);
    if (before !== undefined) await this.log.forget(before, this.ledger.images.building());
  }
}
