import { setTimeout as pause } from 'node:timers/promises';
import type { FunctionId, ImageId, ImageManifest } from '@slipway/contracts';
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
import { BuildSlots } from './build-slots.js';

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
  private readonly active = new Set<ImageId>();
  /** Asked for while an earlier build of theirs comes to its end. */
  private readonly askedAgain = new Set<ImageId>();
  /** Builder functions of those who asked for an image while it was being built: the app of the first may be gone before it is. */
  private readonly otherFunctions = new Map<ImageId, Set<FunctionId>>();
  private readonly slots: BuildSlots;
  private stopped = false;

  constructor(private readonly parts: BuildImagesParts) {
    this.slots = new BuildSlots(parts.parallel);
  }

  /** Takes up what an earlier process left. */
  resume(): void {
    this.parts.ledger.images.building().forEach((imageId) => this.build(imageId));
  }

  build(imageId: ImageId, functionId?: FunctionId): void {
    if (this.active.has(imageId)) {
      this.askedAgain.add(imageId);
      const others = this.otherFunctions.get(imageId) ?? new Set();
      if (functionId !== undefined) this.otherFunctions.set(imageId, others.add(functionId));
      return;
    }
    this.active.add(imageId);
    void this.run(imageId).finally(() => {
      this.active.delete(imageId);
      this.otherFunctions.delete(imageId);
      if (this.askedAgain.delete(imageId) && !this.stopped) this.build(imageId);
    });
  }

  stop(): void {
    this.stopped = true;
    this.slots.close();
  }

  private async run(imageId: ImageId): Promise<void> {
    const { ledger, log, logger } = this.parts;
    const image = ledger.images.find(imageId);
    if (image.status !== 'building') return;
    await log.open(imageId);
    const { attempt, workspaceId } = image;
    await this.slots.take(workspaceId, 'last', (why) => log.add(imageId, attempt, why, 'info'));
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
      this.slots.release(workspaceId);
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
        otherFunctions: () => [...(this.otherFunctions.get(imageId) ?? [])],
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
      { ...ports, parentManifest: (parent) => this.parentManifest(parent, image) },
      options,
    );
  }

  private async parentManifest(imageId: ImageId, { defined, attempt }: KnownImage): Promise<ImageManifest> {
    const { ledger } = this.parts;
    if (ledger.images.find(imageId).status === 'building') await this.parentEnded(imageId, defined, attempt);
    const image = ledger.images.find(imageId);
    const manifest = usableManifest(image);
    if (manifest !== undefined) return manifest;
    throw new RefusedError(
      refuse('not-found', 'parent-not-built', `the image below, '${imageId}', is ${image.status}`),
    );
  }

  /** Whoever waits for a parent leaves its place to others, the parent among them. */
  private async parentEnded(
    parent: ImageId,
    { imageId, workspaceId }: KnownImage['defined'],
    attempt: number,
  ): Promise<void> {
    const { ledger, log } = this.parts;
    const say = (text: string): void => log.add(imageId, attempt, text, 'info');
    say(`waiting for the image below, ${parent}, which is being built\n`);
    this.slots.release(workspaceId);
    while (ledger.images.find(parent).status === 'building') await log.changed(parent, HEARTBEAT_MS);
    await this.slots.take(workspaceId, 'first', say);
  }
}
