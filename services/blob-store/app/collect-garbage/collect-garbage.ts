import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { BlobStore } from '@slipway/blob-store-core';
import type { Logger } from '@slipway/telemetry';

const EVERY_MS = 60 * 60 * 1000;

/** Once an hour: removes what nothing refers to. */
export class CollectGarbage implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: BlobStore,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.collect(), EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async collect(): Promise<void> {
    try {
      const collected = await this.store.collectGarbage();
      if (Object.values(collected).some((count) => count > 0))
        this.logger.info(collected, 'garbage collected');
    } catch (error) {
      this.logger.error({ err: error }, 'garbage collection failed, it will be tried again');
    }
  }
}
