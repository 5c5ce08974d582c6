import { refuseEverywhere, refuseInEnvironment, type Caller } from '@slipway/gateway-core';
import { RefusedError, type Refusal } from '@slipway/kernel';
import type { ProxyTokenRow } from '../../store/web-entities.js';
import type { RpcParts } from '../rpc-parts.js';

type Parts = Pick<RpcParts, 'proxyTokens' | 'environments'>;

const deny = (refusal: Refusal | undefined): void => {
  if (refusal) throw new RefusedError(refusal);
};

const checkUnlessScoped = (caller: Caller, { scoped }: ProxyTokenRow): void => {
  if (!scoped) deny(refuseEverywhere(caller, 'change', 'A proxy token without `scoped`'));
};

/** Throws RefusedError unless the caller may change something in every environment that the token opens. */
export const checkTokenAccess = async (
  { proxyTokens, environments }: Parts,
  caller: Caller,
  tokenId: string,
): Promise<void> => {
  const token = await proxyTokens.get(caller.workspaceId, tokenId);
  checkUnlessScoped(caller, token);
  for (const { environmentId, name } of await environments.list(caller.workspaceId))
    if (token.environmentIds.includes(environmentId)) deny(refuseInEnvironment(caller, 'change', name));
};

/** Throws RefusedError where to scope the token would close environments in which the caller may change nothing. */
export const checkScoping = async (
  { proxyTokens }: Pick<Parts, 'proxyTokens'>,
  caller: Caller,
  tokenId: string,
): Promise<void> => checkUnlessScoped(caller, await proxyTokens.get(caller.workspaceId, tokenId));
