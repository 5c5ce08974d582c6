import { queueFilledSubject } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';

/** Who misses a signal looks again after so long. */
const LOOK_AGAIN_MS = 5_000;

type Signals = Pick<Bus, 'signal' | 'onSignal'>;
type Wake = () => void;

/** One who waits at a partition of a queue. */
export type QueueWaiter = Readonly<{
  /** Resolves at the next news, after a few seconds without any, at `untilMs`, or when `cancelled` fires. */
  news(untilMs: number, cancelled: AbortSignal): Promise<void>;
  /** Ends the wait; a taker wakes the next one, for there may be more items than it took. */
  leave(): void;
}>;

/**
 * Those in this process who wait for items. A put in any gateway signals on the bus: of the takers one is woken, the one who
 * waits longest, and wakes the next when it is done; watchers take nothing, and all are woken.
 */
export class QueueWaiters {
  private readonly takers = new Map<string, Set<Wake>>();
  private readonly watchers = new Map<string, Set<Wake>>();

  constructor(private readonly signals: Signals) {
    signals.onSignal(queueFilledSubject('*', '*'), (_body, subject) => {
      this.wakeTaker(subject);
      for (const wake of this.watchers.get(subject) ?? []) wake();
    });
  }

  /** Tells all gateways that there are items. */
  announce(queueId: string, partition: Buffer): void {
    this.signals.signal(subjectOf(queueId, partition));
  }

  taker(queueId: string, partition: Buffer): QueueWaiter {
    const subject = subjectOf(queueId, partition);
    return join(this.takers, subject, () => this.wakeTaker(subject));
  }

  watcher(queueId: string, partition: Buffer): QueueWaiter {
    return join(this.watchers, subjectOf(queueId, partition), () => undefined);
  }

  private wakeTaker(subject: string): void {
    const [wake] = this.takers.get(subject) ?? [];
    wake?.();
  }
}

const subjectOf = (queueId: string, partition: Buffer): string =>
  queueFilledSubject(queueId, partition.toString('hex') || '-');

const join = (rooms: Map<string, Set<Wake>>, subject: string, left: () => void): QueueWaiter => {
  let isNews = false;
  let go: Wake | undefined;
  const wake: Wake = () => {
    isNews = true;
    go?.();
  };
  const room = rooms.get(subject) ?? new Set<Wake>();
  rooms.set(subject, room.add(wake));
  return {
    async news(untilMs, cancelled) {
      if (!isNews && !cancelled.aborted)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, Math.min(LOOK_AGAIN_MS, untilMs - Date.now())));
          const end = (): void => {
            clearTimeout(timer);
            cancelled.removeEventListener('abort', end);
            resolve();
          };
          cancelled.addEventListener('abort', end);
          go = end;
        });
      isNews = false;
    },
    leave() {
      room.delete(wake);
      if (room.size === 0 && rooms.get(subject) === room) rooms.delete(subject);
      left();
    },
  };
};
