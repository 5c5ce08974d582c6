import type { QueueWaiter } from '../../queues/queue-waiters.js';

export type ItemsWanted<Item> = Readonly<{
  waiter: QueueWaiter;
  look: () => Promise<readonly Item[]>;
  untilMs: number;
  cancelled: AbortSignal;
}>;

/** Looks at every news until there is something; nothing when the time is over or the client has gone. */
export const waitForItems = async <Item>({
  waiter,
  look,
  untilMs,
  cancelled,
}: ItemsWanted<Item>): Promise<Item[]> => {
  try {
    for (;;) {
      if (cancelled.aborted) return [];
      const found = await look();
      if (found.length > 0 || Date.now() >= untilMs) return [...found];
      await waiter.news(untilMs, cancelled);
    }
  } finally {
    waiter.leave();
  }
};
