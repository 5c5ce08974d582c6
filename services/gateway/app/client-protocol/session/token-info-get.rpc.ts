import { refuse, RefusedError } from '@slipway/kernel';
import { TokenInfoGetResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

export const tokenInfoGet =
  ({ tokens }: Pick<RpcParts, 'tokens'>): UnaryRpc<'tokenInfoGet'> =>
  async (_request, { caller }) => {
    const found = caller.kind === 'token' ? await tokens.find(caller.tokenId) : undefined;
    if (found === undefined)
      throw new RefusedError(refuse('not-found', 'token-not-found', 'This caller has no token.'));
    const { token, name, createdAt } = found;
    return TokenInfoGetResponse.fromPartial({
      tokenId: token.tokenId,
      workspaceId: token.workspaceId,
      workspaceName: token.workspaceName,
      tokenName: name,
      createdAt: new Date(createdAt),
      ...(token.expiresAt === undefined ? {} : { expiresAt: new Date(token.expiresAt) }),
    });
  };
