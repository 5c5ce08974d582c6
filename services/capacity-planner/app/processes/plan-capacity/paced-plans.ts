import type { PlanNews } from './plan-trigger.js';
import type { PlanningCycle } from './planning-cycle.js';

/** Plans with a pause after each: what happens meanwhile is in the next one. */
export class PacedPlans {
  private plannedAt = 0;
  private next: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(
    private readonly cycle: Pick<PlanningCycle, 'plan' | 'settled'>,
    private readonly leastPauseMs: number,
  ) {}

  async now(news: PlanNews): Promise<void> {
    this.plannedAt = Date.now();
    // What goes wrong is written down and shown by the cycle itself.
    await this.cycle.plan(news).catch(() => undefined);
    this.plannedAt = Date.now();
  }

  /** Plans as soon as the pause since the last plan is over. One that is being made then is made from what was known before: another follows it. */
  soon(news: PlanNews): void {
    if (this.next === undefined) this.afterPause(news);
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.next);
  }

  private afterPause(news: PlanNews): void {
    if (this.ended) return;
    const waitMs = Math.max(0, this.plannedAt + this.leastPauseMs - Date.now());
    this.next = setTimeout(() => this.planAnew(news), waitMs);
  }

  private planAnew(news: PlanNews): void {
    const running = this.cycle.settled();
    if (running === undefined) {
      this.next = undefined;
      void this.now(news);
      return;
    }
    void running.then(() => {
      this.plannedAt = Date.now();
      this.afterPause(news);
    });
  }
}
