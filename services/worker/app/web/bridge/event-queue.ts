/** Values from one side that pushes to one that waits; `full` and `emptied` tell the pushing side to pause and go on. */
export class EventQueue<Value> {
  private readonly values: Value[] = [];
  private ended = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly limit: number,
    private readonly pace: Readonly<{ full: () => void; emptied: () => void }>,
  ) {}

  push(value: Value): void {
    if (this.ended) return;
    this.values.push(value);
    if (this.values.length >= this.limit) this.pace.full();
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value> {
    for (;;) {
      const next = this.values.shift();
      if (next !== undefined) {
        yield next;
        if (this.values.length === 0) this.pace.emptied();
      } else if (this.ended) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
