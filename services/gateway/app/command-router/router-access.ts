import type { TaskId } from '@slipway/contracts';
import { accepted } from '@slipway/kernel';
import { readableEnvironments, routerUrl } from '@slipway/gateway-core';
import { ClientType } from '@slipway/protocol';
import { issueRouterToken } from '../access/router-token.js';
import type { RpcCall } from '../client-protocol/rpc.js';
import type { RpcParts } from '../client-protocol/rpc-parts.js';

const OTHERS: ReadonlySet<ClientType> = new Set([ClientType.LIBMODAL_JS, ClientType.LIBMODAL_GO]);

/** What a client needs to run commands in a container. Throws RefusedError where it cannot be reached in a way that the client accepts. */
export const routerAccess = (
  { publicUrl, signingKey }: Pick<RpcParts, 'publicUrl' | 'signingKey'>,
  taskId: TaskId,
  { caller, headers: { clientType }, host }: Pick<RpcCall, 'caller' | 'headers' | 'host'>,
): { jwt: string; url: string } => ({
  url: accepted(
    routerUrl({
      publicUrl,
      clientHost: caller.kind === 'task' ? undefined : host,
      clientKind: OTHERS.has(clientType) ? 'other' : 'python',
    }),
  ),
  jwt: issueRouterToken(
    signingKey,
    { taskId, workspaceId: caller.workspaceId, readable: readableEnvironments(caller) },
    Date.now(),
  ),
});
