import type { Digest, ImageId, WorkspaceId } from '@slipway/contracts';
import { isRefusal } from '@slipway/kernel';
import { decide, type ImageCommand } from './image.decide.js';
import type { ImageEvent } from './image.events.js';
import { evolve, isKnown, unknownImage, usableManifest, type Image } from './image.state.js';
import { Images } from './images.js';

const imageId = 'im-1' as ImageId;
const layer = { digest: 'l' as Digest, sizeBytes: 1 };
const define = (cache: 'use' | 'rebuild' | 'fresh' = 'use'): ImageCommand => ({
  type: 'define-image',
  data: {
    imageId,
    workspaceId: 'ws' as WorkspaceId,
    environment: 'main',
    builderVersion: '2025.06',
    definition: { dockerfileCommands: [], contextFiles: [], baseImages: [], secretIds: [], buildArgs: {} },
    cache,
  },
});
const defined: ImageEvent = { type: 'image-defined', data: define().data as never };
const built: ImageEvent = {
  type: 'image-built',
  data: { imageId, layers: [layer], config: { env: {} }, durationMs: 5 },
};
const failed: ImageEvent = { type: 'image-failed', data: { imageId, message: 'no' } };
const given = (...events: ImageEvent[]): Image =>
  events.reduce((image, event) => evolve(image, event, 7), unknownImage);
const types = (image: Image, command: ImageCommand): unknown => {
  const decision = decide(image, command);
  return isRefusal(decision) ? decision.code : decision.map(({ type }) => type);
};

describe('an image', () => {
  test('two who ask for the same definition at once build once', () => {
    expect(types(given(), define())).toEqual(['image-defined']);
    expect(types(given(defined), define())).toEqual([]);
    expect(types(given(defined), define('rebuild'))).toEqual([]);
  });
  test('one that is there is not built again, unless that is asked for', () => {
    expect(types(given(defined, built), define())).toEqual([]);
    expect(types(given(defined, built), define('rebuild'))).toEqual(['image-defined']);
    expect(types(given(defined, built), define('fresh'))).toEqual(['image-defined']);
  });
  test('one that failed is built again when it is asked for', () => {
    expect(types(given(defined, failed), define())).toEqual(['image-defined']);
  });
  test('nothing is finished that is not being built', () => {
    expect(types(given(defined, built), { type: 'fail-image', data: failed.data as never })).toBe(
      'image-not-building',
    );
  });
});

describe('what containers get of an image', () => {
  const rebuild: ImageEvent = { type: 'image-defined', data: define('rebuild').data as never };
  const step: ImageEvent = { type: 'step-finished', data: { imageId, chain: 'c', layer, shared: true } };
  const newer = { ...built, data: { ...built.data, layers: [layer, layer] } } as ImageEvent;
  const layersOf = (...events: ImageEvent[]) => usableManifest(given(...events))?.layers.length;

  test('is nothing before it was built once', () => {
    expect([layersOf(defined, step), layersOf(defined, failed)]).toEqual([undefined, undefined]);
  });
  test('is the last good build while it is rebuilt', () => {
    expect(layersOf(defined, built, rebuild, step)).toBe(1);
  });
  test('is the last good build when rebuilds fail, and who forced them sees the failure', () => {
    expect(layersOf(defined, built, rebuild, failed, rebuild, failed)).toBe(1);
    expect(given(defined, built, rebuild, failed)).toMatchObject({ status: 'failed', message: 'no' });
  });
  test('is the rebuild as soon as it has succeeded', () => {
    expect(layersOf(defined, built, rebuild, newer)).toBe(2);
  });
  test('is nothing of what was deleted', () => {
    expect(
      layersOf(defined, built, { type: 'image-deleted', data: { imageId } }, defined, failed),
    ).toBeUndefined();
  });
});

describe('all images', () => {
  const stored = (events: ImageEvent[]) => {
    const images = new Images();
    events.forEach((event, index) =>
      images.apply({ stream: imageId, version: index + 1, type: event.type, data: event.data, at: 7 }),
    );
    return images;
  };
  const step = (shared: boolean): ImageEvent => ({
    type: 'step-finished',
    data: { imageId, chain: 'c', layer, shared },
  });

  test('what a failed build said is written down as a log can hold it', () => {
    const failing: ImageCommand = { type: 'fail-image', data: { imageId, message: 'no\0 way' } };
    expect(stored([defined]).decide(failing, 7)).toMatchObject([{ data: { message: 'no way' } }]);
  });
  test('a step that was done before is found after a restart', () => {
    const images = stored([defined, step(true)]);
    const image = images.find(imageId);
    expect(images.building()).toEqual([imageId]);
    expect(isKnown(image) && images.findStep(image, 'c')).toEqual({ layer });
  });
  test('a forced build does not use what was done before it began', () => {
    const images = stored([
      defined,
      step(true),
      built,
      { type: 'image-defined', data: define('rebuild').data as never },
    ]);
    const image = images.find(imageId);
    expect(isKnown(image) && images.findStep(image, 'c')).toBeUndefined();
  });
  test('the layers of a build without cache are not offered to others', () => {
    const images = stored([defined, step(false), built, defined]);
    const image = images.find(imageId);
    expect(isKnown(image) && images.findStep(image, 'c')).toBeUndefined();
  });
});

describe('a deleted image', () => {
  const deleting: ImageCommand = { type: 'delete-image', data: { imageId } };
  const deleted = given(defined, built, { type: 'image-deleted', data: { imageId } });
  test('is not there any more, and is built anew when it is defined again', () => {
    expect([deleted.status, isKnown(deleted)]).toEqual(['deleted', false]);
    expect(types(deleted, define())).toEqual(['image-defined']);
    expect(types(deleted, deleting)).toEqual([]);
  });
  test('was not being built', () => {
    expect(types(given(defined, built), deleting)).toEqual(['image-deleted']);
    expect(types(given(defined), deleting)).toBe('image-is-built');
  });
});
