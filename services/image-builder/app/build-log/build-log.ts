import type { ImageId, ImageProgress } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import type { LogStream } from '@slipway/image-builder-core';
import { BuildLogTable, sizeOf, type BuildLogEntry } from './build-log-table.js';
import { RecentEntries } from './recent-entries.js';

const FLUSH_MS = 200;
/** What one answer carries at most; the rest follows with the next. */
const MOST_ANSWER_CHARACTERS = 512 * 1024;
/** What may wait to be written: whoever passes on what a step says waits beyond it. */
const MOST_UNWRITTEN_CHARACTERS = 4 * 1024 * 1024;

type Unwritten = BuildLogEntry & Readonly<{ imageId: ImageId }>;

/** What the builds said, by image: in a table, and the newest of it in memory while somebody may wait for it. */
export class BuildLog {
  private readonly table: BuildLogTable;
  private readonly recent = new Map<ImageId, RecentEntries>();
  private readonly waiting = new Map<ImageId, Set<() => void>>();
  private unwritten: Unwritten[] = [];
  /** Of all that is not in the table, also of what is on its way there. */
  private unwrittenCharacters = 0;
  private roomAwaited: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    pool: SqlPool,
    private readonly onError: (error: unknown) => void,
  ) {
    this.table = new BuildLogTable(pool);
  }

  /** Continues the numbering of earlier attempts. */
  async open(imageId: ImageId): Promise<void> {
    if (!this.recent.has(imageId))
      this.recent.set(imageId, new RecentEntries(await this.table.last(imageId)));
  }

  add(imageId: ImageId, attempt: number, data: string, stream: LogStream): void {
    const recent = this.recent.get(imageId) ?? new RecentEntries(undefined);
    this.recent.set(imageId, recent);
    const entry = { entry: (recent.last?.entry ?? 0) + 1, attempt, data, stream, at: Date.now() };
    recent.add(entry);
    this.unwritten.push({ imageId, ...entry });
    this.unwrittenCharacters += sizeOf(entry);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
    this.wake(imageId);
  }

  /** Settles when there is room for more: the table has taken what was said, or nearly. */
  async untilRoom(): Promise<void> {
    if (this.unwrittenCharacters < MOST_UNWRITTEN_CHARACTERS) return;
    await new Promise<void>((resolve) => this.roomAwaited.push(resolve));
  }

  /** What the last attempt said after an entry. */
  async after(
    imageId: ImageId,
    afterEntry: number,
  ): Promise<{ logs: ImageProgress['logs']; lastEntry: number }> {
    const recent = this.recent.get(imageId);
    const entries =
      recent?.after(afterEntry) ?? (await this.table.page(imageId, afterEntry, recent?.last?.attempt));
    const logs: ImageProgress['logs'][number][] = [];
    let lastEntry = afterEntry;
    let characters = 0;
    for (const entry of entries) {
      if (characters > MOST_ANSWER_CHARACTERS) break;
      const { data, stream, at } = entry;
      logs.push({ data, stream, at });
      lastEntry = entry.entry;
      characters += sizeOf(entry);
    }
    return { logs, lastEntry };
  }

  /** When the last attempt said its last word; 0 where nothing was said. */
  async lastAt(imageId: ImageId): Promise<number> {
    return (this.recent.get(imageId)?.last ?? (await this.table.last(imageId)))?.at ?? 0;
  }

  /** Removes from the table what was said before a moment; nothing of images that are being built. */
  forget(saidBefore: number, building: readonly ImageId[]): Promise<void> {
    return this.table.forget(saidBefore, building);
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
    this.recent.delete(imageId);
  }

  /** Writes what was said, after what is being written: what is in the table has no gap. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    const rows = this.unwritten;
    if (rows.length === 0) return;
    this.unwritten = [];
    try {
      await this.table.write(rows);
    } catch (error) {
      this.unwritten = [...rows, ...this.unwritten];
      this.timer ??= setTimeout(() => void this.flush(), 5 * FLUSH_MS);
      return this.onError(error);
    }
    for (const row of rows) {
      this.unwrittenCharacters -= sizeOf(row);
      this.recent.get(row.imageId)?.letGo(row.entry);
    }
    if (this.unwrittenCharacters >= MOST_UNWRITTEN_CHARACTERS) return;
    for (const goOn of this.roomAwaited.splice(0)) goOn();
  }
}
