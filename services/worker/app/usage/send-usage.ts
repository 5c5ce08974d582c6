import { setTimeout as pause } from 'node:timers/promises';
import type { UsageFact } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
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
    private readonly bus: Pick<Bus, 'persist'>,
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
        const tooLarge = await this.handOver(batch.facts);
        await (tooLarge.length === 0 ? this.spool.remove(batch) : this.spool.setAside(batch, tooLarge));
      } catch (error) {
        if (signal.aborted) return;
        this.logger.error({ err: error, batch: batch.name }, 'usage facts could not be sent');
        await pause(LAST_WORDS_MS);
      }
    }
  }

  /** Those facts that are too large for the bus by themselves. What is too large together is sent in parts: billing knows a fact by its name. */
  private async handOver(facts: readonly UsageFact[]): Promise<readonly UsageFact[]> {
    try {
      const { refused } = await this.bus.persist(
        'billing.put-usage',
        { facts },
        { signal: this.over.signal },
      );
      for (const refusal of refused) this.logger.error({ refusal }, 'billing refused a usage fact');
      return [];
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      if (facts.length <= 1) {
        this.logger.error(
          { err: error },
          'a usage fact is too large to be sent and set aside: it is not billed',
        );
        return facts;
      }
      const middle = Math.ceil(facts.length / 2);
      const early = await this.handOver(facts.slice(0, middle));
      return [...early, ...(await this.handOver(facts.slice(middle)))];
    }
  }
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof RefusedError && error.refusal.code === 'message-too-large';
