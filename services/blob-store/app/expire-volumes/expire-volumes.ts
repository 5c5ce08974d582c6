import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { BlobStore } from '@slipway/blob-store-core';
import type { Logger } from '@slipway/telemetry';

const EVERY_MS = 60 * 1000;

/** Once a minute: removes the ephemeral volumes of clients that are gone. */
export class ExpireVolumes implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: BlobStore,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.expire(), EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async expire(): Promise<void> {
    try {
      const expiredVolumes = await this.store.volumes.expire();
      if (expiredVolumes > 0) this.logger.info({ expiredVolumes }, 'ephemeral volumes removed');
    } catch (error) {
      this.logger.error({ err: error }, 'removing ephemeral volumes failed, it will be tried again');
    }
  }
}
