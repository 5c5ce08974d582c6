import { randomBytes } from 'node:crypto';
import type { Principal } from '@slipway/gateway-core';
import { hashSecret } from '../access/secret-hash.js';
import type { Tokens } from './tokens.js';

export type TokenWanted = Readonly<{
  tokenId: string;
  workspaceId: string;
  principal: Principal;
  name: string;
  createdAt: number;
  /** Undefined: the token does not end. */
  lifeMs?: number;
}>;

export type TokenMade = Readonly<{ tokenId: string; tokenSecret: string; expiresAt?: number }>;

/** An id that nobody can guess, shorter than an object's. */
export const randomTokenId = (): string => `ak-${randomBytes(12).toString('hex')}`;

/** Makes a token; its secret is told once, and kept only as a hash. */
export const newToken = async (
  tokens: Tokens,
  { principal, lifeMs, ...wanted }: TokenWanted,
): Promise<TokenMade> => {
  const tokenSecret = `as-${randomBytes(16).toString('hex')}`;
  const end = lifeMs === undefined ? {} : { expiresAt: wanted.createdAt + lifeMs };
  await tokens.put({
    ...wanted,
    ...end,
    principalId: principal.principalId,
    secretHash: hashSecret(tokenSecret),
  });
  return { tokenId: wanted.tokenId, tokenSecret, ...end };
};
