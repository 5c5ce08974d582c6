import { tokenMissing } from '@slipway/gateway-core';
import { refuse, RefusedError } from '@slipway/kernel';
import { issueAuthToken } from '../../access/auth-token.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

export const authTokenGet =
  ({ signingKey }: Pick<RpcParts, 'signingKey'>): UnaryRpc<'authTokenGet'> =>
  async (_request, { caller, headers }) => {
    if (caller.kind !== 'token')
      throw new RefusedError(
        refuse(
          'forbidden',
          'no-token-for-tasks',
          'Code in a container is known by its connection and gets no token.',
        ),
      );
    // A short-lived token makes no other one: it would outlive the token that it came from.
    if (headers.credentials === undefined) throw new RefusedError(tokenMissing());
    return { token: issueAuthToken(signingKey, caller.tokenId, Date.now()) };
  };
