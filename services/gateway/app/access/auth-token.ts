import type { Instant } from '@slipway/kernel';
import type { Caller } from '@slipway/gateway-core';
import { readJwt, signJwt } from './jwt.js';

const LIFE_SECONDS = 20 * 60;
const USE = 'auth';

type TokenCaller = Extract<Caller, { kind: 'token' }>;

/** A short-lived token that stands for a checked one: clients send it beside or in place of the secret. */
export const issueAuthToken = (signingKey: string, caller: TokenCaller, at: Instant): string => {
  const iat = Math.floor(at / 1000);
  return signJwt(signingKey, USE, { caller, iat, exp: iat + LIFE_SECONDS });
};

/** The caller that an auth token stands for; undefined when it is not ours or is over. */
export const readAuthToken = (signingKey: string, token: string, at: Instant): TokenCaller | undefined => {
  const claims = readJwt(signingKey, USE, token);
  if (claims === undefined || Number(claims['exp']) * 1000 <= at) return undefined;
  return claims['caller'] as TokenCaller;
};
