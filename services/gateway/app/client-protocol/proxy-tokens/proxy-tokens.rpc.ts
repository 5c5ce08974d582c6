import { createHmac } from 'node:crypto';
import { callerName, refuseEverywhere } from '@slipway/gateway-core';
import { RefusedError } from '@slipway/kernel';
import { WebhookToken, WebhookTokenListResponse } from '@slipway/protocol';
import type { ProxyTokenRow } from '../../store/web-entities.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { checkTokenAccess } from './check-token-access.js';

type Parts = Pick<RpcParts, 'proxyTokens' | 'environments'>;

const shown = (row: ProxyTokenRow): WebhookToken =>
  WebhookToken.fromPartial({
    tokenId: row.tokenId,
    name: row.name,
    scoped: row.scoped,
    createdAt: row.createdAt / 1000,
    createdBy: { username: row.createdBy },
  });

/** Makes a token. Its secret follows from the request's key, so that a repeated request is told the same pair. */
export const webhookTokenCreate =
  ({
    proxyTokens,
    signingKey,
  }: Pick<RpcParts, 'proxyTokens' | 'signingKey'>): UnaryRpc<'webhookTokenCreate'> =>
  async ({ name, scoped }, { caller, newId }) => {
    const refusal = scoped ? undefined : refuseEverywhere(caller, 'call', 'A proxy token without `scoped`');
    if (refusal) throw new RefusedError(refusal);
    const tokenId = newId('wk');
    const tokenSecret = `ws-${createHmac('sha256', signingKey).update(`proxy token ${tokenId}`).digest('hex').slice(0, 32)}`;
    const { workspaceId } = caller;
    await proxyTokens.create({
      tokenId,
      tokenSecret,
      workspaceId,
      name,
      scoped,
      createdBy: callerName(caller),
    });
    return { tokenId, tokenSecret };
  };

export const webhookTokenUpdate =
  (parts: Parts): UnaryRpc<'webhookTokenUpdate'> =>
  async ({ tokenId, name }, { caller }) => {
    await checkTokenAccess(parts, caller, tokenId);
    const change = name === undefined ? {} : { name };
    return shown(await parts.proxyTokens.change(caller.workspaceId, tokenId, change));
  };

export const webhookTokenList =
  ({ proxyTokens }: Pick<Parts, 'proxyTokens'>): UnaryRpc<'webhookTokenList'> =>
  async (_request, { caller: { workspaceId } }) =>
    WebhookTokenListResponse.fromPartial({ tokens: (await proxyTokens.list(workspaceId)).map(shown) });

/** The tokens that open one environment. */
export const webhookTokenListForEnvironment =
  ({ proxyTokens, environments }: Parts): UnaryRpc<'webhookTokenListForEnvironment'> =>
  async ({ environmentName }, { caller }) => {
    const { workspaceId } = caller;
    const name = await environments.resolve(caller, environmentName);
    const { environmentId } = await environments.get(workspaceId, name);
    const tokens = await proxyTokens.list(workspaceId);
    return WebhookTokenListResponse.fromPartial({
      tokens: tokens
        .filter((token) => !token.scoped || token.environmentIds.includes(environmentId))
        .map(shown),
    });
  };

export const webhookTokenDelete =
  (parts: Parts): UnaryRpc<'webhookTokenDelete'> =>
  async ({ tokenId }, { caller }) => {
    await checkTokenAccess(parts, caller, tokenId);
    await parts.proxyTokens.delete(caller.workspaceId, tokenId);
    return {};
  };
