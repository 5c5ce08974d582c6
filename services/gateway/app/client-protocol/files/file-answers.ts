import { blobCreate, blobGet } from './blob.rpc.js';
import { mountBatchedCheckExistence, mountPutFile } from './mount-files.rpc.js';
import { mountGetOrCreate } from './mount-get-or-create.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about mounts and blobs. */
export const fileAnswers = (parts: RpcParts) => ({
  mountGetOrCreate: mountGetOrCreate(parts),
  mountBatchedCheckExistence: mountBatchedCheckExistence(parts),
  mountPutFile: mountPutFile(parts),
  blobCreate: blobCreate(parts),
  blobGet: blobGet(parts),
});
