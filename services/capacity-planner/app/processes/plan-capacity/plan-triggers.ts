import type { PlanNews } from './plan-trigger.js';

/** Where anything that makes the newest plan outdated says so: demand, a preemption, a price, an operator. */
export class PlanTriggers {
  private readonly listeners = new Set<(news: PlanNews) => void>();

  onTrigger(listener: (news: PlanNews) => void): void {
    this.listeners.add(listener);
  }

  /** A plan is wanted as soon as the pause since the last one is over. */
  soon(news: PlanNews): void {
    this.listeners.forEach((listener) => listener(news));
  }
}
