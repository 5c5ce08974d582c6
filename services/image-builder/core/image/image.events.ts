import type { ImageConfig, ImageId, LayerRef, MountId, WorkspaceId } from '@slipway/contracts';
import type { StoredDefinition } from './stored-definition.js';

/** Somebody asked for an image that was not there: from now on it is built. */
export type ImageDefined = Readonly<{
  type: 'image-defined';
  data: Readonly<{
    imageId: ImageId;
    workspaceId: WorkspaceId;
    environment: string;
    builderVersion: string;
    definition: StoredDefinition;
    /** `rebuild`: layers that were made before are made again; `fresh`: so, and they are not offered to other images. */
    cache: 'use' | 'rebuild' | 'fresh';
  }>;
}>;

export type StepFinished = Readonly<{
  type: 'step-finished';
  data: Readonly<{ imageId: ImageId; chain: string; layer: LayerRef; shared: boolean; output?: string }>;
}>;

export type ImageBuilt = Readonly<{
  type: 'image-built';
  data: Readonly<{
    imageId: ImageId;
    layers: readonly LayerRef[];
    config: ImageConfig;
    pythonVersion?: string;
    libc?: 'gnu' | 'musl';
    dependencyMountId?: MountId;
    durationMs: number;
  }>;
}>;

export type ImageFailed = Readonly<{
  type: 'image-failed';
  data: Readonly<{ imageId: ImageId; message: string }>;
}>;

/** Nobody can use it any more; its layers stay for the images that share them. */
export type ImageDeleted = Readonly<{ type: 'image-deleted'; data: Readonly<{ imageId: ImageId }> }>;

export type ImageEvent = ImageDefined | StepFinished | ImageBuilt | ImageFailed | ImageDeleted;
