import type { Decision } from '@slipway/kernel';
import { refuse } from '@slipway/kernel';
import type {
  ImageBuilt,
  ImageDefined,
  ImageDeleted,
  ImageEvent,
  ImageFailed,
  StepFinished,
} from './image.events.js';
import { isKnown, type Image } from './image.state.js';

export type ImageCommand =
  | Readonly<{ type: 'define-image'; data: ImageDefined['data'] }>
  | Readonly<{ type: 'finish-step'; data: StepFinished['data'] }>
  | Readonly<{ type: 'finish-image'; data: ImageBuilt['data'] }>
  | Readonly<{ type: 'fail-image'; data: ImageFailed['data'] }>
  | Readonly<{ type: 'delete-image'; data: ImageDeleted['data'] }>;

/** An image that is there or on its way is not built again, unless that is asked for; one that failed is. */
export const decide = (image: Image, command: ImageCommand): Decision<ImageEvent> => {
  switch (command.type) {
    case 'define-image':
      if (image.status === 'building') return [];
      if (image.status === 'built' && command.data.cache === 'use') return [];
      return [{ type: 'image-defined', data: command.data }];
    case 'finish-step':
      return whileBuilding(image, { type: 'step-finished', data: command.data });
    case 'finish-image':
      return whileBuilding(image, { type: 'image-built', data: command.data });
    case 'fail-image':
      return whileBuilding(image, { type: 'image-failed', data: command.data });
    case 'delete-image':
      if (image.status === 'building')
        return refuse(
          'conflict',
          'image-is-built',
          `image '${command.data.imageId}' is being built: delete it when its build has ended`,
        );
      return isKnown(image) ? [{ type: 'image-deleted', data: command.data }] : [];
    default:
      return command satisfies never;
  }
};

const whileBuilding = (image: Image, event: ImageEvent): Decision<ImageEvent> =>
  image.status === 'building'
    ? [event]
    : refuse('conflict', 'image-not-building', `image '${event.data.imageId}' is ${image.status}`);
