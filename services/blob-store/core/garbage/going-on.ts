import type { AppId, BlobId, CallId } from '@slipway/contracts';

/** What of the platform goes on, as the scheduler has it. Throws when it cannot be asked: then nothing is removed. */
export interface GoingOn {
  /** Those of apps and calls that have ended, or never were. */
  ended(ids: readonly (AppId | CallId)[]): Promise<readonly (AppId | CallId)[]>;
  /** Those of the blobs that are arguments of an input which has not finished. */
  arguments(blobIds: readonly BlobId[]): Promise<readonly BlobId[]>;
}
