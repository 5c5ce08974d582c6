import type { ImageManifest, LayerRef, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { ImageDefined, ImageEvent } from './image.events.js';

type Defined = Readonly<{
  workspaceId: WorkspaceId;
  defined: ImageDefined['data'];
  definedAt: Instant;
  version: number;
  /** Grows with each time that the image is built anew; a restart of ours does not change it. */
  attempt: number;
  /** Steps of the present attempt, by chain. */
  steps: Readonly<Record<string, LayerRef>>;
}>;

export type Image =
  | Readonly<{ status: 'unknown'; version: 0 }>
  | Readonly<{ status: 'deleted'; version: number }>
  | (Defined & Readonly<{ status: 'building' }>)
  | (Defined & Readonly<{ status: 'built'; manifest: ImageManifest }>)
  | (Defined & Readonly<{ status: 'failed'; message: string }>);

export type KnownImage = Exclude<Image, { status: 'unknown' | 'deleted' }>;

/** Whether there is such an image to speak of. */
export const isKnown = (image: Image): image is KnownImage =>
  image.status !== 'unknown' && image.status !== 'deleted';

export const unknownImage: Image = { status: 'unknown', version: 0 };

export const evolve = (image: Image, event: ImageEvent, at: Instant): Image => {
  const version = image.version + 1;
  if (event.type === 'image-defined')
    return {
      status: 'building',
      workspaceId: event.data.workspaceId,
      defined: event.data,
      definedAt: at,
      version,
      attempt: version,
      steps: {},
    };
  if (!isKnown(image)) return image;
  const { workspaceId, defined, definedAt, attempt, steps } = image;
  const known = { workspaceId, defined, definedAt, attempt, version, steps };
  switch (event.type) {
    case 'step-finished':
      return {
        ...known,
        status: 'building',
        steps: { ...steps, [event.data.chain]: event.data.layer },
      };
    case 'image-built': {
      const { data } = event;
      return {
        ...known,
        steps: {},
        status: 'built',
        manifest: {
          imageId: data.imageId,
          layers: data.layers,
          config: data.config,
          builderVersion: defined.builderVersion,
          ...(data.pythonVersion === undefined ? {} : { pythonVersion: data.pythonVersion }),
          ...(data.libc === undefined ? {} : { libc: data.libc }),
          ...(data.dependencyMountId === undefined ? {} : { dependencyMountId: data.dependencyMountId }),
        },
      };
    }
    case 'image-deleted':
      return { status: 'deleted', version };
    case 'image-failed':
      return { ...known, steps: {}, status: 'failed', message: event.data.message };
    default:
      return event satisfies never;
  }
};
