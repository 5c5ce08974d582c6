import { createHash, createHmac } from 'node:crypto';
import type { Hashing } from '@slipway/blob-store-core';

export const nodeHashing = (signingKey: string): Hashing => ({
  sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  sha256: (text) => createHash('sha256').update(text).digest(),
  md5OfHex: (hex) => createHash('md5').update(Buffer.from(hex, 'hex')).digest('hex'),
  hmac: (text) => createHmac('sha256', signingKey).update(text).digest('hex'),
});
