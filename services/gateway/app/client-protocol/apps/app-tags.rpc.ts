import { RefusedError } from '@slipway/kernel';
import { refuseTags } from '@slipway/gateway-core';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

export const appGetTags =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'appGetTags'> =>
  async ({ appId }, { caller: { workspaceId } }) => ({
    tags: { ...(await bus.request('scheduler.get-app', { workspaceId, appId })).tags },
  });

/** All tags of an app, until the next deployment brings its own. */
export const appSetTags =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'appSetTags'> =>
  async ({ appId, tags }, { caller: { workspaceId } }) => {
    const refusal = refuseTags(tags);
    if (refusal) throw new RefusedError(refusal);
    await bus.request('scheduler.tag-app', { workspaceId, appId, tags });
    return {};
  };
