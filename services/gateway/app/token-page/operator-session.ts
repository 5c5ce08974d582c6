import { createHmac, timingSafeEqual } from 'node:crypto';
import { readJwt, signJwt } from '../access/jwt.js';

const USE = 'operator';
const LIFE_SECONDS = 12 * 3600;
export const OPERATOR_COOKIE = 'slipway_operator';

const same = (shown: string, wanted: string): boolean => {
  const [left, right] = [Buffer.from(shown), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** The key in the link that whoever runs the site is shown. `./tools/up` makes the same of the same signing key. */
export const operatorKey = (signingKey: string): string =>
  createHmac('sha256', signingKey).update('operator link').digest('base64url');

export const isOperatorKey = (signingKey: string, shown: string): boolean =>
  same(shown, operatorKey(signingKey));

/** What a browser keeps after it came by that link. */
export const operatorCookie = (signingKey: string, at: number): string => {
  const value = signJwt(signingKey, USE, { exp: Math.floor(at / 1000) + LIFE_SECONDS });
  return `${OPERATOR_COOKIE}=${value}; HttpOnly; SameSite=Strict; Path=/token-flow; Max-Age=${LIFE_SECONDS}`;
};

/** The session of an operator's browser; undefined where there is none or it is over. */
export const readOperatorSession = (
  signingKey: string,
  cookies: string | undefined,
  at: number,
): string | undefined => {
  const pair = (cookies ?? '').split(/;\s*/).find((cookie) => cookie.startsWith(`${OPERATOR_COOKIE}=`));
  const session = pair?.slice(OPERATOR_COOKIE.length + 1);
  const claims = session && readJwt(signingKey, USE, session);
  return claims && Number(claims['exp']) * 1000 > at ? session : undefined;
};

/** A form of one request for a token, in one browser's session: no other site can know it. */
export const formKey = (signingKey: string, session: string, flowId: string): string =>
  createHmac('sha256', signingKey).update(`form ${flowId} ${session}`).digest('base64url');

export const isFormKey = (signingKey: string, session: string, flowId: string, shown: string): boolean =>
  same(shown, formKey(signingKey, session, flowId));
