import { tokenMissing } from '@slipway/gateway-core';
import { RefusedError } from '@slipway/kernel';
import { issueAuthToken, issueEmptyToken } from '../../access/auth-token.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

export const authTokenGet =
  ({ signingKey }: Pick<RpcParts, 'signingKey'>): UnaryRpc<'authTokenGet'> =>
  async (_request, { caller, headers }) => {
    if (caller.kind === 'task') return { token: issueEmptyToken(signingKey, Date.now()) };
    // A short-lived token makes no other one: it would outlive the token that it came from.
    if (headers.credentials === undefined) throw new RefusedError(tokenMissing());
    return { token: issueAuthToken(signingKey, caller.tokenId, Date.now()) };
  };
