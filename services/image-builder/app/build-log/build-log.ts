import type { ImageId, ImageProgress } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import type { LogStream } from '@slipway/image-builder-core';

export type BuildLogEntry = ImageProgress['logs'][number] & Readonly<{ entry: number; attempt: number }>;

const FLUSH_MS = 200;
/** What one answer carries at most; the rest follows with the next. */
const MOST_ANSWER_BYTES = 512 * 1024;

/** What the builds said, by image: in memory while somebody may wait for it, and in a table for later. */
export class BuildLog {
  private readonly entries = new Map<ImageId, BuildLogEntry[]>();
  private readonly waiting = new Map<ImageId, Set<() => void>>();
  private unwritten: (BuildLogEntry & { imageId: ImageId })[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: SqlPool,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Continues the numbering of earlier attempts. */
  async open(imageId: ImageId): Promise<void> {
    if (!this.entries.has(imageId)) this.entries.set(imageId, await this.stored(imageId));
  }

  add(imageId: ImageId, attempt: number, data: string, stream: LogStream): void {
    const entries = this.entries.get(imageId) ?? [];
    this.entries.set(imageId, entries);
    const entry = { entry: (entries.at(-1)?.entry ?? 0) + 1, attempt, data, stream, at: Date.now() };
    entries.push(entry);
    this.unwritten.push({ imageId, ...entry });
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
    this.wake(imageId);
  }

  /** What the last attempt said after an entry. */
  async after(
    imageId: ImageId,
    afterEntry: number,
  ): Promise<{ logs: ImageProgress['logs']; lastEntry: number }> {
    const all = this.entries.get(imageId) ?? (await this.stored(imageId));
    const attempt = all.at(-1)?.attempt;
    const logs: ImageProgress['logs'][number][] = [];
    let lastEntry = afterEntry;
    let sizeBytes = 0;
    for (const { entry, data, stream, at, attempt: of } of all) {
      if (entry <= afterEntry) continue;
      if (sizeBytes > MOST_ANSWER_BYTES) break;
      lastEntry = entry;
      if (of !== attempt) continue;
      logs.push({ data, stream, at });
      sizeBytes += data.length;
    }
    return { logs, lastEntry };
  }

  /** When the last attempt said its last word; 0 where nothing was said. */
  async lastAt(imageId: ImageId): Promise<number> {
    return (this.entries.get(imageId) ?? (await this.stored(imageId))).at(-1)?.at ?? 0;
  }

  /** Resolves when the image's log or state changed, or when the time is over. */
  async changed(imageId: ImageId, waitMs: number): Promise<void> {
    const waiters = this.waiting.get(imageId) ?? new Set();
    this.waiting.set(imageId, waiters);
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      waiters.add(done);
    });
  }

  wake(imageId: ImageId): void {
    [...(this.waiting.get(imageId) ?? [])].forEach((done) => done());
  }

  /** Lets go of what is in the table. */
  async close(imageId: ImageId): Promise<void> {
    await this.flush();
    this.wake(imageId);
    this.entries.delete(imageId);
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const rows = this.unwritten;
    if (rows.length === 0) return;
    this.unwritten = [];
    try {
      await this.pool.query({
        name: 'write-build-log',
        text: `insert into image_builder.build_log (image_id, entry, attempt, stream, data, at)
               select r."imageId", r.entry, r.attempt, r.stream, r.data, r.at
               from json_to_recordset($1::json)
                    as r("imageId" text, entry integer, attempt integer, stream text, data text, at bigint)
               on conflict do nothing`,
        values: [JSON.stringify(rows.map((row) => ({ ...row, data: row.data.replaceAll('\0', '') })))],
      });
    } catch (error) {
      this.unwritten = [...rows, ...this.unwritten];
      this.timer ??= setTimeout(() => void this.flush(), 5 * FLUSH_MS);
      this.onError(error);
    }
  }

  private async stored(imageId: ImageId): Promise<BuildLogEntry[]> {
    const { rows } = await this.pool.query<Omit<BuildLogEntry, 'at'> & { at: string }>({
      name: 'read-build-log',
      text: `select entry, attempt, stream, data, at from image_builder.build_log where image_id = $1 order by entry`,
      values: [imageId],
    });
    return rows.map((row) => ({ ...row, at: Number(row.at) }));
  }
}
