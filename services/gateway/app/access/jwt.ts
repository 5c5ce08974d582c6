import { createHmac, timingSafeEqual } from 'node:crypto';

const HEADER = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url');

const signatureOf = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** A three-part HS256 token. `use` keeps tokens of one kind from being shown as another. */
export const signJwt = (key: string, use: string, claims: Readonly<Record<string, unknown>>): string => {
  const text = `${HEADER}.${Buffer.from(JSON.stringify({ ...claims, use })).toString('base64url')}`;
  return `${text}.${signatureOf(key, text).toString('base64url')}`;
};

/** The claims of a token that this key signed for this use; undefined for anything else. Does not look at `exp`. */
export const readJwt = (key: string, use: string, token: string): Record<string, unknown> | undefined => {
  const [header, payload, signature] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined) return undefined;
  const wanted = signatureOf(key, `${header}.${payload}`);
  const shown = Buffer.from(signature, 'base64url');
  if (shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) return undefined;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  return claims['use'] === use ? claims : undefined;
};
