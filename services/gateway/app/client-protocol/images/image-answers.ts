import { imageFromId, imageGetOrCreate } from './image-get-or-create.rpc.js';
import { imageJoinStreaming } from './image-join-streaming.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about images. */
export const imageAnswers = (parts: RpcParts) => ({
  imageGetOrCreate: imageGetOrCreate(parts),
  imageJoinStreaming: imageJoinStreaming(parts),
  imageFromId: imageFromId(parts),
});
