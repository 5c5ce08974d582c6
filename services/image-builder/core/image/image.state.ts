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

/** What an earlier build left: containers get it until a rebuild has succeeded. */
type Rebuilt = Readonly<{ lastBuilt?: ImageManifest }>;

export type Image =
  | Readonly<{ status: 'unknown'; version: 0 }>
  | Readonly<{ status: 'deleted'; version: number }>
  | (Defined & Rebuilt & Readonly<{ status: 'building' }>)
  | (Defined & Readonly<{ status: 'built'; manifest: ImageManifest }>)
  | (Defined & Rebuilt & Readonly<{ status: 'failed'; message: string }>);

export type KnownImage = Exclude<Image, { status: 'unknown' | 'deleted' }>;

/** Whether there is such an image to speak of. */
export const isKnown = (image: Image): image is KnownImage =>
  image.status !== 'unknown' && image.status !== 'deleted';

/** What containers are started with: the last build that succeeded. */
export const usableManifest = (image: Image): ImageManifest | undefined => {
  if (!isKnown(image)) return undefined;
  return image.status === 'built' ? image.manifest : image.lastBuilt;
};

const lastBuiltOf = (image: Image): Rebuilt => {
  const lastBuilt = usableManifest(image);
  return lastBuilt === undefined ? {} : { lastBuilt };
};

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
      ...lastBuiltOf(image),
    };
  if (!isKnown(image)) return image;
  const { workspaceId, defined, definedAt, attempt, steps } = image;
  const known = { workspaceId, defined, definedAt, attempt, version, steps };
  switch (event.type) {
    case 'step-finished':
      return {
        ...known,
        ...lastBuiltOf(image),
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
      return { ...known, ...lastBuiltOf(image), steps: {}, status: 'failed', message: event.data.message };
    default:
      return event satisfies never;
  }
};
