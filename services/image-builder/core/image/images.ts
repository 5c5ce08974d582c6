import type { ImageId } from '@slipway/contracts';
import { eventsOf, storable, type Instant, type NewEvent } from '@slipway/kernel';
import { decide, type ImageCommand } from './image.decide.js';
import type { ImageEvent } from './image.events.js';
import { evolve, unknownImage, type Image, type KnownImage } from './image.state.js';
import { LayerCache, type CachedStep } from './layer-cache.js';

export type Committed = Readonly<{
  stream: string;
  version: number;
  type: string;
  data: unknown;
  at: Instant;
}>;

/** All images of the service in memory: rebuilt by `replay`, changed by what was written down. */
export class Images {
  private readonly images = new Map<ImageId, Image>();
  private readonly layers = new LayerCache();

  /** The events that follow from a command, ready to be written; throws a RefusedError. */
  decide(command: ImageCommand, at: Instant): readonly NewEvent[] {
    const { imageId } = command.data;
    const image = this.find(imageId);
    return storable(eventsOf(decide(image, command))).map((event, index) => ({
      stream: imageId,
      version: image.version + index + 1,
      type: event.type,
      data: event.data,
      at,
    }));
  }

  apply({ stream, type, data, at }: Committed): void {
    const imageId = stream as ImageId;
    const event = { type, data } as ImageEvent;
    this.images.set(imageId, evolve(this.find(imageId), event, at));
    this.layers.apply(event);
  }

  find(imageId: ImageId): Image {
    return this.images.get(imageId) ?? unknownImage;
  }

  /** A finished step that this image may use. */
  findStep(image: KnownImage, chain: string): CachedStep | undefined {
    const own = image.steps[chain];
    if (own) return this.layers.find(chain) ?? { layer: own };
    return image.defined.cache === 'use' ? this.layers.find(chain) : undefined;
  }

  building(): readonly ImageId[] {
    return [...this.images].filter(([, image]) => image.status === 'building').map(([imageId]) => imageId);
  }
}
