type TakeBack = () => Promise<void>;

/** What a run has begun outside of its own process, each with what takes it back: at its end, or sooner when the run is interrupted. */
export class BegunThings {
  readonly #pending = new Set<TakeBack>();
  #isInterrupted = false;

  get isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  /** Notes what is about to begin. What is returned takes it back, once, whoever asks. Throws after an interruption. */
  note(takeBack: TakeBack): TakeBack {
    if (this.#isInterrupted) throw new Error('interrupted');
    let taking: Promise<void> | undefined;
    const once: TakeBack = () => (taking ??= takeBack().finally(() => this.#pending.delete(once)));
    this.#pending.add(once);
    return once;
  }

  /** Does `work` and takes back afterwards what it begins; where both fail, the error is that of the work. */
  async during<T>(takeBack: TakeBack, work: () => Promise<T>): Promise<T> {
    const once = this.note(takeBack);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      await once().catch(() => undefined);
      throw error;
    }
    await once();
    return result;
  }

  /** Takes all of it back, what began last first, and lets nothing begin any more. Throws what failed, after the others. */
  async interrupt(): Promise<void> {
    this.#isInterrupted = true;
    const troubles: unknown[] = [];
    for (const once of [...this.#pending].reverse())
      await once().catch((error: unknown) => troubles.push(error));
    if (troubles.length > 0) throw new AggregateError(troubles, troubles.map(String).join('; '));
  }
}

/** What this process has begun. */
export const begunThings = new BegunThings();
