import type { Logger } from '@slipway/telemetry';
import type { RequestList, RequestRow } from '../store/request-history/request-list.js';

const WRITTEN_EVERY_MS = 250;
/** Beyond these, requests go unnoted rather than wait for the database. */
const MOST_UNWRITTEN = 20_000;
const MOST_AT_ONCE = 2_000;

/** What became of requests, gathered and written down aside from their way. */
export class RequestNotes {
  private unwritten: RequestRow[] = [];
  private writing = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly list: Pick<RequestList, 'add'>,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  add(row: RequestRow): void {
    if (this.unwritten.length >= MOST_UNWRITTEN) return;
    this.unwritten.push(row);
    this.timer ??= setTimeout(() => void this.write(), WRITTEN_EVERY_MS).unref();
  }

  /** Writes all that is there now; what cannot be written is tried again. */
  async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.writing) return;
    this.writing = true;
    try {
      while (this.unwritten.length > 0) {
        const batch = this.unwritten.slice(0, MOST_AT_ONCE);
        await this.list.add(batch);
        this.unwritten.splice(0, batch.length);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'what became of requests is written down later');
      this.timer = setTimeout(() => void this.write(), WRITTEN_EVERY_MS * 4).unref();
    } finally {
      this.writing = false;
    }
  }
}
