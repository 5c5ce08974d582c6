import type { Digest } from '@slipway/contracts';

/** A block that is neither on this worker nor in the store. */
export class MissingBlockError extends Error {
  constructor(readonly digest: Digest) {
    super(`block ${digest} is neither on this worker nor in the store`);
    this.name = 'MissingBlockError';
  }
}
