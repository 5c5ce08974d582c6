import type { CapacityPast } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Logger } from '@slipway/telemetry';
import type { BoundedPast } from './bound-past.js';

const HOUR_MS = 3_600_000;
const STEP_MS = HOUR_MS / 4;
const LONGEST_MS = 24 * HOUR_MS;
/** Newer than this it says the same. */
const FRESH_MS = STEP_MS;

export type PastParts = Readonly<{
  now: () => Instant;
  /** Since when there is anything to tell of; undefined while there is nothing. */
  recordedSince: () => Promise<Instant | undefined>;
  bound: (from: Instant, until: Instant, readAt: Instant) => Promise<BoundedPast>;
  logger: Pick<Logger, 'warn'>;
}>;

/**
 * What hosts cost in the last 24 hours, or since anything is recorded, beside what somebody would have paid who had known these hours.
 * Nobody waits for it: who asks is told what was found last, and it is worked out anew meanwhile.
 */
export class PastOptimum {
  private last: CapacityPast = { state: 'unknown' };
  private triedAt: Instant | undefined;
  private working: Promise<void> | undefined;

  constructor(private readonly parts: PastParts) {}

  /** What is known; it is worked out anew where that is old. */
  get(): CapacityPast {
    void this.refresh();
    return this.working === undefined || this.last.state !== 'unknown' ? this.last : { state: 'working' };
  }

  /** Ends when what is known is not old. */
  refresh(): Promise<void> {
    const { now } = this.parts;
    const isFresh = this.triedAt !== undefined && Math.abs(now() - this.triedAt) < FRESH_MS;
    if (this.working === undefined && isFresh) return Promise.resolve();
    this.triedAt = now();
    this.working ??= this.workOut().finally(() => (this.working = undefined));
    return this.working;
  }

  private async workOut(): Promise<void> {
    const { now, recordedSince, bound, logger } = this.parts;
    const at = now();
    try {
      const since = await recordedSince();
      const endsAt = Math.floor(at / STEP_MS) * STEP_MS;
      const startsAt = Math.max(endsAt - LONGEST_MS, Math.ceil((since ?? endsAt) / STEP_MS) * STEP_MS);
      if (startsAt >= endsAt) {
        this.last = { state: 'unknown' };
        return;
      }
      const bounded = await bound(startsAt, endsAt, at);
      this.last = { state: 'known', startsAt, endsAt, workedOutAt: at, ...bounded };
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error);
      logger.warn({ err: error }, 'the optimum of the time just past was not found');
      this.last = { state: 'failed', failedAt: at, because };
    }
  }
}
