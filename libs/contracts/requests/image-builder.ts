import type { ImageId, MountId } from '../ids.js';
import type { AwaitImage, DefineImage, ImageDefined, ImageManifest, ImageProgress } from '../images.js';
import type { Ask } from './ask.js';

/** What the image-builder is asked. */
export interface ImageBuilderRequests {
  'image-builder.define-image': Ask<DefineImage, ImageDefined>;
  'image-builder.await-image': Ask<AwaitImage, ImageProgress>;
  'image-builder.get-manifest': Ask<Readonly<{ imageId: ImageId }>, ImageManifest>;
  /** A runtime mount by the name that clients use (the client package, its dependencies, a standalone Python); made on first use. */
  'image-builder.get-runtime-mount': Ask<
    Readonly<{ name: string }>,
    Readonly<{ mountId: MountId; checksum: string }>
  >;
}
