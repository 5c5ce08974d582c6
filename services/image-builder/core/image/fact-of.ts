import type { Fact } from '@slipway/contracts';
import type { StoredEvent } from '@slipway/kernel';
import type { ImageEvent } from './image.events.js';

/** What other services may know of an event. */
export const factOf = ({ type, data, at }: StoredEvent): Fact | undefined => {
  const event = { type, data } as ImageEvent;
  switch (event.type) {
    case 'image-defined': {
      const { imageId, workspaceId, builderVersion } = event.data;
      return { at, type: 'image-defined', imageId, workspaceId, builderVersion };
    }
    case 'image-built': {
      const { imageId, layers, durationMs } = event.data;
      const sizeBytes = layers.reduce((sum, layer) => sum + layer.sizeBytes, 0);
      return { at, type: 'image-built', imageId, sizeBytes, durationMs };
    }
    case 'image-failed':
      return { at, type: 'image-failed', imageId: event.data.imageId, message: event.data.message };
    case 'step-finished':
    case 'image-deleted':
      return undefined;
    default:
      return event satisfies never;
  }
};
