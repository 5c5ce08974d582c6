import { setTimeout as pause } from 'node:timers/promises';
import type { RefusedUsage } from '@slipway/contracts';
import { isDatabaseAway, type LendingPool } from '@slipway/event-store';
import { checkUsage, joinUsage, type CheckedUsage } from './check-usage.js';
import type { JustTaken } from './just-taken.js';
import { takeUsage } from './take-usage.js';

/** Facts that one commit takes at most, unless one question holds more. */
const FACTS_PER_COMMIT = 5_000;
const RETRY_PAUSE_MS = 100;
/** Longer than PostgreSQL needs to come back after a crash. Who asks, asks again. */
const PATIENCE_MS = 60_000;

type Asked = Readonly<{
  usage: CheckedUsage;
  answer: (refused: readonly RefusedUsage[]) => void;
  fail: (error: unknown) => void;
}>;

/** Many workers' questions share one commit: those that come while one is made are taken together by the next. */
export class UsageIntake {
  private asked: Asked[] = [];
  private state: 'idle' | 'working' = 'idle';

  constructor(
    private readonly pool: LendingPool,
    private readonly now: () => number,
    private readonly justTaken: JustTaken,
  ) {}

  /** Settles when the facts are durable, with those that were refused. */
  take(facts: readonly unknown[]): Promise<readonly RefusedUsage[]> {
    // Read as they come: the commit before them is under way meanwhile.
    const usage = checkUsage(facts);
    const answered = new Promise<readonly RefusedUsage[]>((answer, fail) =>
      this.asked.push({ usage, answer, fail }),
    );
    if (this.state === 'idle') void this.work();
    return answered;
  }

  private async work(): Promise<void> {
    this.state = 'working';
    while (this.asked.length > 0) {
      const batch = this.nextBatch();
      try {
        const refused = await this.commit(joinUsage(batch.map(({ usage }) => usage)));
        let first = 0;
        for (const { usage, answer } of batch) {
          const end = first + usage.came.length;
          const own = refused.filter(({ index }) => index >= first && index < end);
          answer(own.map((refusal) => ({ ...refusal, index: refusal.index - first })));
          first = end;
        }
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.state = 'idle';
  }

  private nextBatch(): readonly Asked[] {
    let facts = 0;
    const end = this.asked.findIndex(({ usage }) => (facts += usage.came.length) > FACTS_PER_COMMIT);
    return this.asked.splice(0, end === -1 ? this.asked.length : Math.max(1, end));
  }

  /** Waits out a database that is away: the same facts once more are counted once. */
  private async commit(usage: CheckedUsage): Promise<readonly RefusedUsage[]> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await takeUsage(this.pool, usage, this.now, this.justTaken);
      } catch (error) {
        if (!isDatabaseAway(error) || Date.now() > until) throw error;
        await pause(RETRY_PAUSE_MS);
      }
    }
  }
}
