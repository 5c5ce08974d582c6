import { accepted, refuse, RefusedError } from '@slipway/kernel';
import { MAY, refuseManaging } from '@slipway/gateway-core';
import { TokenInfoGetResponse, TokensListResponse } from '@slipway/protocol';
import type { FoundToken } from '../../store/tokens.js';
import type { RpcCall, UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

type Parts = Pick<RpcParts, 'tokens' | 'authenticator'>;

const tokenCaller = ({ caller }: RpcCall) => {
  if (caller.kind === 'token') return caller;
  throw new RefusedError(
    refuse(
      'forbidden',
      'no-token-for-tasks',
      'Code in a container is known by its connection: it has no token.',
    ),
  );
};

const notFound = (tokenId: string): RefusedError =>
  new RefusedError(refuse('not-found', 'token-not-found', `No token '${tokenId}' in this workspace.`));

/** A token of the caller's workspace that the caller may change. */
const managed = async ({ tokens }: Parts, call: RpcCall, tokenId: string): Promise<FoundToken> => {
  const caller = tokenCaller(call);
  const found = await tokens.find(tokenId);
  if (
    found === undefined ||
    found.token.workspaceId !== caller.workspaceId ||
    found.token.revokedAt !== undefined
  )
    throw notFound(tokenId);
  const refusal = refuseManaging(caller.principal, found.token.principal);
  if (refusal) accepted(refusal);
  return found;
};

export const tokenInfoGet =
  ({ tokens }: Parts): UnaryRpc<'tokenInfoGet'> =>
  async (_request, { caller }) => {
    const found = caller.kind === 'token' ? await tokens.find(caller.tokenId) : undefined;
    if (found === undefined)
      throw new RefusedError(refuse('not-found', 'token-not-found', 'This caller has no token.'));
    const { token, name, createdAt, createdBy } = found;
    const { principalId, name: principalName, kind } = token.principal;
    return TokenInfoGetResponse.fromPartial({
      tokenId: token.tokenId,
      workspaceId: token.workspaceId,
      workspaceName: token.workspaceName,
      identity:
        kind === 'member'
          ? { $case: 'userIdentity', value: { userId: principalId, username: principalName } }
          : {
              $case: 'serviceUserIdentity',
              value: {
                serviceUserId: principalId,
                serviceUserName: principalName,
                createdBy: { userId: '', username: createdBy },
              },
            },
      tokenName: name,
      createdAt: new Date(createdAt),
      ...(token.expiresAt === undefined ? {} : { expiresAt: new Date(token.expiresAt) }),
    });
  };

/** Those of all members for who manages the workspace, else one's own. */
export const tokensList =
  ({ tokens }: Parts): UnaryRpc<'tokensList'> =>
  async (_request, call) => {
    const { principal, workspaceId } = tokenCaller(call);
    const all = await tokens.list(workspaceId, 'member');
    const seesAll = MAY[principal.role].includes('manage');
    const shown = all.filter(({ token }) => seesAll || token.principal.principalId === principal.principalId);
    return TokensListResponse.fromPartial({
      tokens: shown.map(({ token, name, createdAt, lastUsedAt }) => ({
        tokenId: token.tokenId,
        workspaceId,
        name,
        userId: token.principal.principalId,
        memberId: token.principal.principalId,
        memberDisplayname: token.principal.name,
        createdAt: createdAt / 1000,
        lastUsedAt: (lastUsedAt ?? 0) / 1000,
        disabled: token.disabledAt !== undefined,
        ...(token.expiresAt === undefined ? {} : { expiresAt: token.expiresAt / 1000 }),
      })),
    });
  };

export const tokenDelete =
  (parts: Parts): UnaryRpc<'tokenDelete'> =>
  async ({ tokenId }, call) => {
    await managed(parts, call, tokenId);
    await parts.tokens.revoke(tokenId, Date.now());
    parts.authenticator.forget(tokenId);
    return {};
  };

const setDisabled = async (
  parts: Parts,
  call: RpcCall,
  tokenIds: readonly string[],
  at: number | null,
): Promise<Record<string, never>> => {
  // All may be changed before one is.
  for (const tokenId of tokenIds) await managed(parts, call, tokenId);
  for (const tokenId of tokenIds) {
    await parts.tokens.setDisabled(tokenId, at);
    parts.authenticator.forget(tokenId);
  }
  return {};
};

export const tokenDisable =
  (parts: Parts): UnaryRpc<'tokenDisable'> =>
  ({ tokenIds }, call) =>
    setDisabled(parts, call, tokenIds, Date.now());

export const tokenEnable =
  (parts: Parts): UnaryRpc<'tokenEnable'> =>
  ({ tokenIds }, call) =>
    setDisabled(parts, call, tokenIds, null);
