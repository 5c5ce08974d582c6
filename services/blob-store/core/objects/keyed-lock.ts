/** Runs what concerns one key one after the other; different keys do not wait for each other. */
export class KeyedLock {
  private readonly tails = new Map<string, Promise<unknown>>();

  async run<Result>(key: string, action: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const mine = before.then(action, action);
    const tail = mine.catch(() => undefined);
    this.tails.set(key, tail);
    try {
      return await mine;
    } finally {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    }
  }
}
