/** Where anything that makes the newest plan outdated says so: demand, a preemption, a price, an operator. */
export class PlanTriggers {
  private readonly listeners = new Set<(trigger: string) => void>();

  onTrigger(listener: (trigger: string) => void): void {
    this.listeners.add(listener);
  }

  /** A plan is wanted as soon as the pause since the last one is over. */
  soon(trigger: string): void {
    this.listeners.forEach((listener) => listener(trigger));
  }
}
