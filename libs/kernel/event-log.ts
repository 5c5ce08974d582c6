import type { NewEvent, StoredEvent } from './stored-event.js';

/** Who may write: the lease's epoch grows with each new leader, and an append under an old epoch fails. */
export type Fence = Readonly<{ shard: string; epoch: number }>;

/** The append-only log of record of one service. */
export interface EventLog {
  /** Writes all events in one transaction, in this order; answers the position of the last one. Throws StaleEpochError, VersionConflictError. */
  append(events: readonly NewEvent[], fence: Fence): Promise<number>;
  /** Events after `position` in order, at most `limit`. */
  read(afterPosition: number, limit: number): Promise<readonly StoredEvent[]>;
  /** The events of one stream after a version, in order, at most `limit`. */
  readStream(stream: string, afterVersion: number, limit: number): Promise<readonly StoredEvent[]>;
  /** The events of one stream that have these versions, in order. */
  readVersions(stream: string, versions: readonly number[]): Promise<readonly StoredEvent[]>;
  /** The last events of one stream, of those before a position where one is named, the newest first, at most `limit`. */
  readStreamBefore(
    stream: string,
    beforePosition: number | undefined,
    limit: number,
  ): Promise<readonly StoredEvent[]>;
}

/** Another process leads the shard now: this one must stop at once. */
export class StaleEpochError extends Error {
  constructor(fence: Fence) {
    super(`epoch ${fence.epoch} of shard ${fence.shard} is over: another process leads it`);
    this.name = 'StaleEpochError';
  }
}

/** Two writers met at one version of a stream; nothing of the batch was written. */
export class VersionConflictError extends Error {
  constructor(detail: string) {
    super(`another writer was first: ${detail}`);
    this.name = 'VersionConflictError';
  }
}
