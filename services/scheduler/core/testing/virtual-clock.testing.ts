import type { Instant } from '@slipway/kernel';

type Alarm = { at: Instant; order: number; act: () => void };

/** Time that moves only when it is told to: alarms ring in the order of their moments, then of their making. */
export class VirtualClock {
  private alarms: Alarm[] = [];
  private order = 0;

  constructor(private instant: Instant = 1_000_000) {}

  now = (): Instant => this.instant;

  /** Calls `act` at the moment `at`; answers how to prevent it. */
  schedule(at: Instant, act: () => void): () => void {
    const alarm = { at: Math.max(at, this.instant), order: this.order++, act };
    let place = this.alarms.length;
    while (place > 0 && this.alarms[place - 1]!.at > alarm.at) place -= 1;
    this.alarms.splice(place, 0, alarm);
    return () => {
      const index = this.alarms.indexOf(alarm);
      if (index >= 0) this.alarms.splice(index, 1);
    };
  }

  /** Resolves after `ms` of virtual time. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.schedule(this.instant + ms, resolve));
  }

  /** Lets `ms` pass while everything stands still, as a paused process does: what was due rings afterwards. */
  async stall(ms: number): Promise<void> {
    this.instant += ms;
    await this.advance(0);
  }

  /** Lets `ms` pass, alarm by alarm; all that follows from one happens before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.instant + ms;
    await settleTurns();
    for (let next = this.alarms[0]; next !== undefined && next.at <= until; next = this.alarms[0]) {
      this.alarms.shift();
      this.instant = Math.max(this.instant, next.at);
      next.act();
      await settleTurns();
    }
    this.instant = until;
  }
}

/** Resolves when no promise is left that could go on by itself. */
export const settleTurns = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
