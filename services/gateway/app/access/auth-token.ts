import type { Instant } from '@slipway/kernel';
import { readJwt, signJwt } from './jwt.js';

const LIFE_SECONDS = 20 * 60;
const USE = 'auth';

/** A short-lived token that stands for one whose secret was shown: clients send it beside or in place of the secret. */
export const issueAuthToken = (signingKey: string, tokenId: string, at: Instant): string => {
  const iat = Math.floor(at / 1000);
  return signJwt(signingKey, USE, { tokenId, iat, exp: iat + LIFE_SECONDS });
};

/**
 * For code in a container: clients ask for a token before they speak of sandboxes, and read when it ends. It opens nothing: a
 * container is known by its connection.
 */
export const issueEmptyToken = (signingKey: string, at: Instant): string => {
  const iat = Math.floor(at / 1000);
  return signJwt(signingKey, 'nothing', { iat, exp: iat + LIFE_SECONDS });
};

/**
 * The id of the token that an auth token stands for; undefined when it is not ours or is over. It says nothing of whom that
 * token lets in by now.
 */
export const readAuthToken = (signingKey: string, token: string, at: Instant): string | undefined => {
  const claims = readJwt(signingKey, USE, token);
  if (claims === undefined || Number(claims['exp']) * 1000 <= at) return undefined;
  return typeof claims['tokenId'] === 'string' ? claims['tokenId'] : undefined;
};
