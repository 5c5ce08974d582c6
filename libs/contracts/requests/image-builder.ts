import type { ImageId, MountId } from '../ids.js';
import type {
  AwaitImage,
  DefineImage,
  ImageDefined,
  ImageManifest,
  ImageNameView,
  ImageProgress,
  PublicationView,
} from '../images.js';
import type { Ask, Nothing, OfWorkspace } from './ask.js';

type OfImageName = OfWorkspace & Readonly<{ environment: string; tag: string }>;

/** What the image-builder is asked. */
export interface ImageBuilderRequests {
  'image-builder.define-image': Ask<DefineImage, ImageDefined>;
  'image-builder.await-image': Ask<AwaitImage, ImageProgress>;
  /** An image of another workspace does not exist for the asker. */
  'image-builder.get-manifest': Ask<OfWorkspace & Readonly<{ imageId: ImageId }>, ImageManifest>;
  /** Refuses unless the workspace has each of them, built or not. */
  'image-builder.require-images': Ask<OfWorkspace & Readonly<{ imageIds: readonly ImageId[] }>, Nothing>;
  /** No function and no build can use it from now on. */
  'image-builder.delete-image': Ask<OfWorkspace & Readonly<{ imageId: ImageId }>, Nothing>;
  /** The image and those that it stands on, the lowest first. */
  'image-builder.get-build-chain': Ask<
    OfWorkspace & Readonly<{ imageId: ImageId }>,
    Readonly<{ images: readonly Readonly<{ imageId: ImageId; definedAtMs: number; endedAtMs: number }>[] }>
  >;
  /** Gives an image a name (`name:tag`) in an environment; what had it before stays in its history. */
  'image-builder.publish-image': Ask<
    OfImageName & Readonly<{ imageId: ImageId; revisionId: string; publishedBy: string }>,
    Nothing
  >;
  'image-builder.find-published-image': Ask<OfImageName, Readonly<{ imageId: ImageId }>>;
  'image-builder.list-image-names': Ask<
    OfWorkspace &
      Readonly<{
        environment: string;
        prefix: string;
        imageId?: ImageId;
        /** Only names that come after this one. */
        after?: string;
        limit: number;
      }>,
    Readonly<{ names: readonly ImageNameView[] }>
  >;
  /** What was published under a name, the newest first. */
  'image-builder.list-publications': Ask<
    OfImageName & Readonly<{ before?: string; limit: number }>,
    Readonly<{ publications: readonly PublicationView[] }>
  >;
  /** Forgets a name and its history; the images stay. */
  'image-builder.delete-image-name': Ask<OfImageName, Nothing>;
  /** The names of an environment, with their histories, are those of another one from now on. */
  'image-builder.move-image-names': Ask<OfWorkspace & Readonly<{ environment: string; to: string }>, Nothing>;
  /** Forgets all names of an environment. */
  'image-builder.delete-image-names': Ask<OfWorkspace & Readonly<{ environment: string }>, Nothing>;
  /** A runtime mount by the name that clients use (the client package, its dependencies, a standalone Python); made on first use. */
  'image-builder.get-runtime-mount': Ask<
    Readonly<{ name: string }>,
    Readonly<{ mountId: MountId; checksum: string }>
  >;
}
