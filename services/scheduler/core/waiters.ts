/** Long polls of one kind, by what they wait for. Each looks again when that has changed, and gives up at its own time. */
export class Waiters<Key> {
  private readonly waiting = new Map<Key, Set<() => void>>();

  /** Resolves when `key` changes. */
  changed(key: Key): { change: Promise<void>; stop: () => void } {
    const waiters = this.waiting.get(key) ?? new Set();
    this.waiting.set(key, waiters);
    let resolve: () => void = () => undefined;
    const change = new Promise<void>((done) => (resolve = done));
    waiters.add(resolve);
    return {
      change,
      stop: () => {
        waiters.delete(resolve);
        if (waiters.size === 0 && this.waiting.get(key) === waiters) this.waiting.delete(key);
      },
    };
  }

  wake(key: Key): void {
    const waiters = this.waiting.get(key);
    this.waiting.delete(key);
    waiters?.forEach((resolve) => resolve());
  }

  has(key: Key): boolean {
    return this.waiting.has(key);
  }
}
