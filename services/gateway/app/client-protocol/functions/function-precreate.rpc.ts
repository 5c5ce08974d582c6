import type { UnaryRpc } from '../rpc.js';
import { announceWebUrls } from './announce-web-urls.js';
import { functionHandle } from './function-handle.js';
import { functionIdOf } from './ids.js';
import type { NamingParts } from './plan-web-urls.js';

/** Names a function's id, and where it will answer HTTP, before the function is made, so that others can refer to it. */
export const functionPrecreate =
  (parts: NamingParts): UnaryRpc<'functionPrecreate'> =>
  async (request, { caller }) => {
    const { appId } = request;
    // Refused where the workspace has no such app.
    await parts.bus.request('scheduler.get-app', { workspaceId: caller.workspaceId, appId });
    const functionId = functionIdOf(appId, request.functionName);
    const { urls } = await announceWebUrls(parts, caller, { appId, functionId }, request);
    return {
      functionId,
      handleMetadata: functionHandle(appId, request, urls),
    };
  };
