import { refuse, type Instant, type Refusal } from '@slipway/kernel';
import type { WorkspaceId } from '@slipway/contracts';
import type { Caller } from './caller.js';
import type { EnvironmentRole, Principal, RolesByEnvironment } from './principal.js';

/** A token as it is kept: never the secret, only what tells a right one from a wrong one. */
export type KnownToken = Readonly<{
  tokenId: string;
  workspaceId: WorkspaceId;
  workspaceName: string;
  defaultEnvironment: string;
  principal: Principal;
  disabledAt?: Instant;
  revokedAt?: Instant;
  expiresAt?: Instant;
}> &
  RolesByEnvironment<EnvironmentRole>;

export type TokenCheck = Readonly<{
  token: KnownToken | undefined;
  /** Whether the shown secret is the token's, compared in constant time. */
  secretMatches: boolean;
  at: Instant;
}>;

const HOW_TO_GET_ONE =
  'Set MODAL_TOKEN_ID and MODAL_TOKEN_SECRET to a token of this server (on its own machine: `source .slipway/env`).';

/**
 * Who shows a token may ask if the token exists, its secret is right, and it is neither revoked nor over.
 * An unknown token and a wrong secret get the same answer, so that nobody learns which ids exist.
 */
export const checkToken = ({ token, secretMatches, at }: TokenCheck): Caller | Refusal => {
  if (token === undefined || !secretMatches)
    return refuse('unauthenticated', 'token-wrong', `The token id or its secret is wrong. ${HOW_TO_GET_ONE}`);
  if (token.revokedAt !== undefined && token.revokedAt <= at)
    return refuse(
      'unauthenticated',
      'token-revoked',
      `The token ${token.tokenId} was revoked. ${HOW_TO_GET_ONE}`,
    );
  if (token.disabledAt !== undefined)
    return refuse(
      'unauthenticated',
      'token-disabled',
      `The token ${token.tokenId} is disabled. Its owner can enable it: \`modal workspace member-tokens enable\`.`,
    );
  if (token.expiresAt !== undefined && token.expiresAt <= at)
    return refuse(
      'unauthenticated',
      'token-expired',
      `The token ${token.tokenId} has expired. ${HOW_TO_GET_ONE}`,
    );
  return {
    kind: 'token',
    tokenId: token.tokenId,
    workspaceId: token.workspaceId,
    workspaceName: token.workspaceName,
    defaultEnvironment: token.defaultEnvironment,
    principal: token.principal,
    environmentRoles: token.environmentRoles,
    roleElsewhere: token.roleElsewhere,
  };
};

export const tokenMissing = (): Refusal =>
  refuse('unauthenticated', 'token-missing', `This request carries no token. ${HOW_TO_GET_ONE}`);
