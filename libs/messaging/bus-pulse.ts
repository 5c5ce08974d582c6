import { setInterval } from 'node:timers';
import type { Bus } from './bus.js';

const BEAT_MS = 500;

/**
 * Knows when the bus last carried a message: asks it to answer twice a second. An answer comes behind all that came before it, so a
 * backlog shows as well as a bus that is away or stands still.
 */
export class BusPulse {
  heardAt = Date.now();
  private isAsking = false;

  constructor(private readonly connection: Pick<Bus['connection'], 'flush'>) {
    setInterval(() => void this.beat(), BEAT_MS).unref();
  }

  private async beat(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      await this.connection.flush();
      this.heardAt = Date.now();
    } catch {
      // It is away: the next beat asks again.
    } finally {
      this.isAsking = false;
    }
  }
}
