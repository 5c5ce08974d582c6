import { setTimeout as pause } from 'node:timers/promises';
import type { Bus } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';
import type { UsageSpool } from './usage-spool.js';

const LAST_WORDS_MS = 2_000;
const LOOK_EVERY_MS = 20;

/** Hands the spool's batches to billing, the oldest first, and forgets what it acknowledged. */
export class SendUsage {
  private readonly over = new AbortController();
  private readonly finished: Promise<void>;

  constructor(
    private readonly spool: UsageSpool,
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {
    this.finished = this.loop();
  }

  /** Gives what is left a moment to be sent; the rest is sent after the next start. */
  async close(): Promise<void> {
    const until = Date.now() + LAST_WORDS_MS;
    while (!this.spool.isEmpty && Date.now() < until) await pause(LOOK_EVERY_MS);
    this.over.abort();
    await this.finished;
  }

  private async loop(): Promise<void> {
    const { signal } = this.over;
    for (;;) {
      const batch = await this.spool.first(signal);
      if (batch === undefined) return;
      try {
        const { refused } = await this.bus.persist('billing.put-usage', { facts: batch.facts }, { signal });
        for (const refusal of refused) this.logger.error({ refusal }, 'billing refused a usage fact');
        await this.spool.remove(batch);
      } catch (error) {
        if (signal.aborted) return;
        this.logger.error({ err: error, batch: batch.name }, 'usage facts could not be sent');
        await pause(LAST_WORDS_MS);
      }
    }
  }
}
