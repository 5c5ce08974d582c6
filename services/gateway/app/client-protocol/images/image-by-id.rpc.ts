import { ImageBuildChainGetResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { imageMetadata } from './image-result.js';

type Parts = Pick<RpcParts, 'bus'>;

export const imageFromId =
  ({ bus }: Parts): UnaryRpc<'imageFromId'> =>
  async ({ imageId }, { caller: { workspaceId } }) => ({
    imageId,
    metadata: imageMetadata(await bus.request('image-builder.get-manifest', { workspaceId, imageId })),
  });

export const imageDelete =
  ({ bus }: Parts): UnaryRpc<'imageDelete'> =>
  async ({ imageId }, { caller: { workspaceId } }) =>
    bus.request('image-builder.delete-image', { workspaceId, imageId });

/** The images that an image stands on. What the build of each said is fetched as the log of an app with the image's id. */
export const imageBuildChainGet =
  ({ bus }: Parts): UnaryRpc<'imageBuildChainGet'> =>
  async ({ imageId }, { caller: { workspaceId } }) => {
    const { images } = await bus.request('image-builder.get-build-chain', { workspaceId, imageId });
    return ImageBuildChainGetResponse.fromPartial({
      buildSteps: images.map((image) => ({
        imageId: image.imageId,
        startedAt: new Date(image.definedAtMs),
        finishedAt: new Date(image.endedAtMs),
        builderAppId: image.imageId,
      })),
    });
  };
