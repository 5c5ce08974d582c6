import {
  isStorable,
  StaleEpochError,
  VersionConflictError,
  type EventLog,
  type Fence,
  type NewEvent,
  type StoredEvent,
} from '@slipway/kernel';

/**
 * The log of record in memory, as strict as the real one: events pass through JSON, versions have no gap, an old epoch writes nothing,
 * and no text has what PostgreSQL refuses.
 */
export class MemoryLog implements EventLog {
  private readonly stored: StoredEvent[] = [];
  private readonly versions = new Map<string, number>();
  private epoch = 0;

  get events(): readonly StoredEvent[] {
    return this.stored;
  }

  /** Makes the asker the only one who may write. */
  lead(): Fence {
    this.epoch += 1;
    return { shard: 'shard', epoch: this.epoch };
  }

  append(events: readonly NewEvent[], fence: Fence): Promise<number> {
    if (fence.epoch !== this.epoch) return Promise.reject(new StaleEpochError(fence));
    if (!isStorable(events))
      return Promise.reject(new Error('22P05: an event holds a zero byte or half of a surrogate pair'));
    const versions = new Map<string, number>();
    for (const { stream, version } of events) {
      const last = versions.get(stream) ?? this.versions.get(stream) ?? 0;
      if (version !== last + 1)
        return Promise.reject(new VersionConflictError(`${stream} is at ${last}, not at ${version - 1}`));
      versions.set(stream, version);
    }
    for (const [stream, version] of versions) this.versions.set(stream, version);
    for (const event of JSON.parse(JSON.stringify(events)) as NewEvent[])
      this.stored.push({ ...event, position: this.stored.length + 1 });
    return Promise.resolve(this.stored.length);
  }

  read(afterPosition: number, limit: number): Promise<readonly StoredEvent[]> {
    return Promise.resolve(this.stored.slice(afterPosition, afterPosition + limit));
  }

  readStream(stream: string, afterVersion: number, limit: number): Promise<readonly StoredEvent[]> {
    const after = this.stored.filter((event) => event.stream === stream && event.version > afterVersion);
    return Promise.resolve(after.slice(0, limit));
  }

  readVersions(stream: string, versions: readonly number[]): Promise<readonly StoredEvent[]> {
    return Promise.resolve(
      this.stored.filter((event) => event.stream === stream && versions.includes(event.version)),
    );
  }

  readStreamBefore(
    stream: string,
    beforePosition: number = Infinity,
    limit: number,
  ): Promise<readonly StoredEvent[]> {
    const before = this.stored.filter((event) => event.stream === stream && event.position < beforePosition);
    return Promise.resolve(before.toReversed().slice(0, limit));
  }
}
