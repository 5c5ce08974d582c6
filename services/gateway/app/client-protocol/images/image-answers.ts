import { imageBuildChainGet, imageDelete, imageFromId } from './image-by-id.rpc.js';
import { imageGetOrCreate } from './image-get-or-create.rpc.js';
import {
  imageGetByTag,
  imageListTags,
  imageNameDelete,
  imagePublish,
  imageTagRevisions,
} from './image-names.rpc.js';
import { imageJoinStreaming } from './image-join-streaming.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about images. */
export const imageAnswers = (parts: RpcParts) => ({
  imageGetOrCreate: imageGetOrCreate(parts),
  imageJoinStreaming: imageJoinStreaming(parts),
  imageFromId: imageFromId(parts),
  imageDelete: imageDelete(parts),
  imageBuildChainGet: imageBuildChainGet(parts),
  imagePublish: imagePublish(parts),
  imageGetByTag: imageGetByTag(parts),
  imageListTags: imageListTags(parts),
  imageTagRevisions: imageTagRevisions(parts),
  imageNameDelete: imageNameDelete(parts),
});
