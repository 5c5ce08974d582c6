import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token's secret as it is kept. Secrets are 128 random bits, so one salted pass is enough. */
export type SecretHash = Readonly<{ salt: string; hash: string }>;

const digest = (salt: string, secret: string): Buffer => createHmac('sha256', salt).update(secret).digest();

export const hashSecret = (secret: string): SecretHash => {
  const salt = randomBytes(16).toString('hex');
  return { salt, hash: digest(salt, secret).toString('hex') };
};

/** Compares in constant time. */
export const matchesSecret = ({ salt, hash }: SecretHash, secret: string): boolean =>
  timingSafeEqual(digest(salt, secret), Buffer.from(hash, 'hex'));
