import { refuse, RefusedError } from '@slipway/kernel';

type Waiting = Readonly<{ key: string; begin: () => void }>;

/** Lets a few work at a time, and of one key fewer still, so that nobody who asks much holds up the others; the rest wait in their order. */
export class FairTurns {
  private readonly working = new Map<string, number>();
  private readonly waiting = new Set<Waiting>();
  private atWork = 0;

  /** `keptForOthers` of the turns are for keys that have none. */
  constructor(
    private readonly most: Readonly<{ atOnce: number; ofOneKey: number; keptForOthers?: number }>,
  ) {}

  /** Settles when it is this one's turn, which ends with what it returns. Throws RefusedError where the reader leaves before. */
  take(key: string, cancelled: AbortSignal): Promise<() => void> {
    if (cancelled.aborted) return Promise.reject(readerLeft());
    const now = this.takeNow(key);
    if (now !== undefined) return Promise.resolve(now);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.waiting.delete(mine);
        reject(readerLeft());
      };
      const mine = {
        key,
        begin: () => {
          cancelled.removeEventListener('abort', leave);
          resolve(this.begin(key));
        },
      };
      this.waiting.add(mine);
      cancelled.addEventListener('abort', leave, { once: true });
    });
  }

  /** A turn, where there is one at once. */
  takeNow(key: string): (() => void) | undefined {
    return this.hasRoom(key) ? this.begin(key) : undefined;
  }

  private hasRoom(key: string): boolean {
    const { atOnce, ofOneKey, keptForOthers = 0 } = this.most;
    const has = this.working.get(key) ?? 0;
    return has < ofOneKey && this.atWork < (has === 0 ? atOnce : atOnce - keptForOthers);
  }

  private begin(key: string): () => void {
    this.atWork += 1;
    this.working.set(key, (this.working.get(key) ?? 0) + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.end(key);
    };
  }

  private end(key: string): void {
    this.atWork -= 1;
    const left = (this.working.get(key) ?? 0) - 1;
    if (left > 0) this.working.set(key, left);
    else this.working.delete(key);
    for (const next of this.waiting) {
      if (!this.hasRoom(next.key)) continue;
      this.waiting.delete(next);
      next.begin();
    }
  }
}

/** Nobody hears it. */
export const readerLeft = (): RefusedError =>
  new RefusedError(refuse('unavailable', 'reader-left', 'the reader left before its answer was there'));
