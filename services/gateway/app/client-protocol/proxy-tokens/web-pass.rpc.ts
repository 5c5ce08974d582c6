import { environmentsWhere } from '@slipway/gateway-core';
import { issueWebPass } from '../../access/web-pass.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** What `modal curl` shows in place of a proxy token: for some minutes it opens the endpoints of the environments where the caller may call functions. */
export const curlGetAuthToken =
  ({ signingKey }: Pick<RpcParts, 'signingKey'>): UnaryRpc<'curlGetAuthToken'> =>
  async (_request, { caller }) => {
    const { workspaceId } = caller;
    const environments = environmentsWhere(caller, 'call');
    return { token: issueWebPass(signingKey, { workspaceId, environments }, Date.now()) };
  };

/** The same for one function. */
export const functionGetFlashAuthToken =
  ({ bus, signingKey }: Pick<RpcParts, 'bus' | 'signingKey'>): UnaryRpc<'functionGetFlashAuthToken'> =>
  async ({ functionId }, { caller: { workspaceId } }) => {
    await bus.request('scheduler.get-function', { workspaceId, functionId });
    return { token: issueWebPass(signingKey, { workspaceId, functionId }, Date.now()) };
  };
