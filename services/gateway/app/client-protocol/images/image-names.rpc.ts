import {
  ImageListTagsResponse,
  ImagePublishResponse,
  ImageTagRevisionsResponse,
  type ObjectIdPrefix,
} from '@slipway/protocol';
import { callerName } from '@slipway/gateway-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { imageName } from './image-name.js';

type Parts = Pick<RpcParts, 'bus' | 'environments'>;

const PAGE = 100;
/** Publications have ids of our own; images' prefix keeps them apart by the rpc that makes them. */
const REVISION: ObjectIdPrefix = 'im';

export const imagePublish =
  (parts: Parts): UnaryRpc<'imagePublish'> =>
  async ({ imageId, tag, environmentName, allowPublic }, { caller, newId }) => {
    if (allowPublic)
      throw new RefusedError(
        refuse(
          'unsupported',
          'image-public',
          "Images are their workspace's own here: leave is_public out of the experimental options.",
        ),
      );
    const revisionId = newId(REVISION);
    await parts.bus.request('image-builder.publish-image', {
      ...(await imageName(parts, caller, tag, environmentName)),
      imageId,
      revisionId,
      publishedBy: callerName(caller),
    });
    return ImagePublishResponse.fromPartial({ imageId, revisionId });
  };

export const imageGetByTag =
  (parts: Parts): UnaryRpc<'imageGetByTag'> =>
  async ({ tag, environmentName }, { caller }) =>
    parts.bus.request(
      'image-builder.find-published-image',
      await imageName(parts, caller, tag, environmentName),
    );

export const imageListTags =
  ({ bus, environments }: Parts): UnaryRpc<'imageListTags'> =>
  async ({ environmentName, tagPrefix, maxObjects, pageToken, imageId }, { caller }) => {
    const environment = await environments.resolve(caller, environmentName);
    const limit = Math.min(maxObjects || PAGE, PAGE);
    const { names } = await bus.request('image-builder.list-image-names', {
      workspaceId: caller.workspaceId,
      environment,
      prefix: tagPrefix,
      ...(imageId === '' ? {} : { imageId }),
      ...(pageToken === '' ? {} : { after: pageToken }),
      limit: limit + 1,
    });
    const items = names.slice(0, limit).map((name) => ({
      tag: name.tag,
      imageId: name.imageId,
      revisionId: name.revisionId,
      createdAt: name.createdAtMs / 1000,
      updatedAt: name.publishedAtMs / 1000,
      lastPublishedBy: name.publishedBy,
    }));
    return ImageListTagsResponse.fromPartial({
      environmentName: environment,
      items,
      nextPageToken: names.length > limit ? (items.at(-1)?.tag ?? '') : '',
    });
  };

export const imageTagRevisions =
  (parts: Parts): UnaryRpc<'imageTagRevisions'> =>
  async ({ tag: text, environmentName, maxObjects, pageToken }, { caller }) => {
    const name = await imageName(parts, caller, text, environmentName);
    const limit = Math.min(maxObjects || PAGE, PAGE);
    const { publications } = await parts.bus.request('image-builder.list-publications', {
      ...name,
      ...(pageToken === '' ? {} : { before: pageToken }),
      limit: limit + 1,
    });
    const items = publications.slice(0, limit).map(({ imageId, revisionId, publishedAtMs, publishedBy }) => ({
      imageId,
      revisionId,
      createdAt: publishedAtMs / 1000,
      publishedBy,
    }));
    return ImageTagRevisionsResponse.fromPartial({
      tag: name.tag,
      environmentName: name.environment,
      items,
      nextPageToken: publications.length > limit ? (items.at(-1)?.revisionId ?? '') : '',
    });
  };

export const imageNameDelete =
  (parts: Parts): UnaryRpc<'imageNameDelete'> =>
  async ({ tag }, { caller }) =>
    parts.bus.request('image-builder.delete-image-name', await imageName(parts, caller, tag));
