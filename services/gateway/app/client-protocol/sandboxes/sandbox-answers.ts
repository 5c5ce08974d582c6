import type { RpcParts } from '../rpc-parts.js';
import { sandboxCreate, sandboxCreateV2 } from './sandbox-create.rpc.js';
import { sandboxGetCommandRouterAccess } from './sandbox-get-command-router-access.rpc.js';
import { sandboxGetTaskId, sandboxTerminate, sandboxWait } from './sandbox-state.rpc.js';

/** Which function answers which rpc about sandboxes. */
export const sandboxAnswers = (parts: RpcParts) => ({
  sandboxCreate: sandboxCreate(parts),
  sandboxCreateV2: sandboxCreateV2(parts),
  sandboxGetTaskId: sandboxGetTaskId(parts),
  sandboxGetTaskIdV2: sandboxGetTaskId(parts),
  sandboxWait: sandboxWait(parts),
  sandboxWaitV2: sandboxWait(parts),
  sandboxTerminate: sandboxTerminate(parts),
  sandboxTerminateV2: sandboxTerminate(parts),
  sandboxGetCommandRouterAccess: sandboxGetCommandRouterAccess(parts),
});
