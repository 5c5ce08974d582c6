import { secretGetOrCreate } from './secret-get-or-create.rpc.js';
import { secretDelete, secretGetInfo, secretList, secretUpdate } from './secret-list.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about secrets. */
export const secretAnswers = (parts: RpcParts) => ({
  secretGetOrCreate: secretGetOrCreate(parts),
  secretList: secretList(parts),
  secretGetInfo: secretGetInfo(parts),
  secretUpdate: secretUpdate(parts),
  secretDelete: secretDelete(parts),
});
