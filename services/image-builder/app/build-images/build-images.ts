import { setTimeout as pause } from 'node:timers/promises';
import type { ImageId, ImageManifest } from '@slipway/contracts';
import {
  buildImage,
  isKnown,
  usableManifest,
  type BuildOptions,
  type BuildPorts,
  type KnownImage,
} from '@slipway/image-builder-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import type { BuildLog } from '../build-log/build-log.js';
import type { ImageLedger } from '../ledger/image-ledger.js';

export type BuildImagesParts = Readonly<{
  ledger: ImageLedger;
  log: BuildLog;
  logger: Logger;
  ports: Omit<BuildPorts, 'parentManifest'>;
  options: BuildOptions;
  parallel: number;
}>;

const HEARTBEAT_MS = 30_000;
/** When the platform fails, not the image: how often the build goes on from its last finished step. */
const MOST_FAULTS = 4;
const FAULT_PAUSE_MS = 3_000;

/** Builds what is defined and not built, several at once; after a restart it goes on where the log ends. */
export class BuildImages {
  private readonly running = new Set<ImageId>();
  private readonly queued: ImageId[] = [];
  private stopped = false;

  constructor(private readonly parts: BuildImagesParts) {}

  /** Takes up what an earlier process left. */
  resume(): void {
    this.parts.ledger.images.building().forEach((imageId) => this.build(imageId));
  }

  build(imageId: ImageId): void {
    if (this.running.has(imageId) || this.queued.includes(imageId)) return;
    this.queued.push(imageId);
    this.startNext();
  }

  stop(): void {
    this.stopped = true;
  }

  private startNext(): void {
    while (!this.stopped && this.running.size < this.parts.parallel) {
      const imageId = this.queued.shift();
      if (imageId === undefined) return;
      this.running.add(imageId);
      void this.run(imageId).finally(() => {
        this.running.delete(imageId);
        this.startNext();
      });
    }
  }

  private async run(imageId: ImageId): Promise<void> {
    const { ledger, log, logger } = this.parts;
    const image = ledger.images.find(imageId);
    if (image.status !== 'building') return;
    await log.open(imageId);
    const { attempt } = image;
    try {
      const built = await this.withPatience(image, () => this.carryOut(imageId, image, attempt));
      if (this.stopped) return;
      const durationMs = Date.now() - image.definedAt;
      await ledger.execute({ type: 'finish-image', data: { ...built, imageId, durationMs } });
      logger.info({ imageId, durationMs, layers: built.layers.length }, 'image built');
    } catch (error) {
      if (this.stopped) return;
      const message = error instanceof RefusedError ? error.message : `the platform failed: ${String(error)}`;
      logger[error instanceof RefusedError ? 'info' : 'error']({ imageId, err: error }, 'image failed');
      log.add(imageId, attempt, `${message}\n`, 'stderr');
      await ledger.execute({ type: 'fail-image', data: { imageId, message } });
    } finally {
      await log.close(imageId);
    }
  }

  private async withPatience<Built>(image: KnownImage, carryOut: () => Promise<Built>): Promise<Built> {
    for (let faults = 1; ; faults += 1) {
      try {
        return await carryOut();
      } catch (error) {
        if (error instanceof RefusedError || this.stopped || faults === MOST_FAULTS) throw error;
        const { imageId } = image.defined;
        this.parts.logger.warn({ imageId, err: error }, 'the build goes on after a fault');
        this.parts.log.add(
          imageId,
          image.attempt,
          `the platform failed (${String(error)}), trying again\n`,
          'info',
        );
        await pause(FAULT_PAUSE_MS * faults);
      }
    }
  }

  private async carryOut(
    imageId: ImageId,
    image: KnownImage,
    attempt: number,
  ): Promise<Awaited<ReturnType<typeof buildImage>>> {
    const { ledger, log, ports, options } = this.parts;
    return buildImage(
      {
        image,
        log: (data, stream) => log.add(imageId, attempt, data, stream),
        findStep: (chain) => {
          const now = ledger.images.find(imageId);
          return isKnown(now) ? ledger.images.findStep(now, chain) : undefined;
        },
        stepFinished: (chain, { layer, output }) =>
          ledger.execute({
            type: 'finish-step',
            data: {
              imageId,
              chain,
              layer,
              shared: image.defined.cache !== 'fresh',
              ...(output === undefined ? {} : { output }),
            },
          }),
      },
      { ...ports, parentManifest: (parent) => this.parentManifest(parent) },
      options,
    );
  }

  private async parentManifest(imageId: ImageId): Promise<ImageManifest> {
    for (;;) {
      const image = this.parts.ledger.images.find(imageId);
      const manifest = usableManifest(image);
      if (image.status !== 'building' && manifest !== undefined) return manifest;
      if (image.status !== 'building')
        throw new RefusedError(
          refuse('not-found', 'parent-not-built', `the image below, '${imageId}', is ${image.status}`),
        );
      await this.parts.log.changed(imageId, HEARTBEAT_MS);
    }
  }
}
