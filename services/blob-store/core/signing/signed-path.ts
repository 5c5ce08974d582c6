import { refuse, type Refusal } from '@slipway/kernel';
import type { Instant } from '@slipway/kernel';

export type Hmac = (text: string) => string;

const signedText = (method: string, path: string, expiresAt: Instant): string =>
  `${method}\n${path}\n${expiresAt}`;

/** A path that whoever holds it may use with this method until `expiresAt`. */
export const signPath = (method: string, path: string, expiresAt: Instant, hmac: Hmac): string =>
  `${path}?expires=${expiresAt}&signature=${hmac(signedText(method, path, expiresAt))}`;

/** Compares without telling by its time how much was right. */
const sameText = (a: string, b: string): boolean => {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
};

export type SignedRequest = Readonly<{ method: string; path: string; expires: string; signature: string }>;

/** Why a signed request is not let in, if so. */
export const checkSignature = (request: SignedRequest, at: Instant, hmac: Hmac): Refusal | undefined => {
  const { method, path, expires, signature } = request;
  const expiresAt = Number(expires);
  if (signature === '' || !Number.isInteger(expiresAt))
    return refuse('forbidden', 'signature-missing', 'the URL carries no signature: ask for a new one');
  if (!sameText(signature, hmac(signedText(method, path, expiresAt))))
    return refuse(
      'forbidden',
      'signature-wrong',
      `the URL's signature does not fit ${method} ${path}: use the URL as it was given`,
    );
  return at <= expiresAt
    ? undefined
    : refuse(
        'forbidden',
        'signature-expired',
        `the URL was good until ${new Date(expiresAt).toISOString()}: ask for a new one`,
      );
};
