import type { Digest } from '@slipway/contracts';

/** The stored bytes are no longer what was stored. They are never served; storing them again heals the object. */
export class CorruptedObjectError extends Error {
  constructor(
    readonly digest: Digest,
    detail: string,
  ) {
    super(`object ${digest} is corrupted: ${detail}`);
    this.name = 'CorruptedObjectError';
  }
}
