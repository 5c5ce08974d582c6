import type { BlobId } from '@slipway/contracts';

/** What of the platform goes on, as the scheduler has it. Throws when it cannot be asked: then nothing is removed. */
export interface GoingOn {
  /** Those of the blobs that are arguments of an input which has not finished. */
  arguments(blobIds: readonly BlobId[]): Promise<readonly BlobId[]>;
}
