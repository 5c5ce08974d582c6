import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseAway } from '@slipway/event-store';

export type WorkToLoop = Readonly<{
  /** Some work; whether there was any. */
  work: () => Promise<boolean>;
  idleMs: number;
  retryMs: number;
  /** Told of what went wrong, but for a database that is away: that is told elsewhere, and waited for. */
  failed: (error: unknown) => void;
}>;

/** Work that is done over and over: at once where there was some, else after a while. */
export class WorkLoop {
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;

  constructor(private readonly of: WorkToLoop) {
    this.running = this.run();
  }

  /** Settles when the work under way is done; no more is begun. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { work, idleMs, retryMs, failed } = this.of;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let waitMs = 0;
      try {
        if (!(await work())) waitMs = idleMs;
      } catch (error) {
        if (!isDatabaseAway(error)) failed(error);
        waitMs = retryMs;
      }
      if (waitMs > 0) await pause(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
