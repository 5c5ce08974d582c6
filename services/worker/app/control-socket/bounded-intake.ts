export type IntakeBounds = Readonly<{ heldBytes: number; readAtOnce: number }>;

/**
 * Bounds what is read and not yet done with. How large a thing is shows only once it is read, so as many as are read at once may go
 * beyond the bound; who comes after waits, in order, with what it has unread.
 */
export class BoundedIntake {
  private heldBytes = 0;
  private reading = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly bounds: IntakeBounds) {}

  /** Reads when there is room, and counts what was read until `use` has settled. */
  async pass<Thing, Result>(
    read: () => Promise<Thing>,
    bytesOf: (thing: Thing) => number,
    use: (thing: Thing) => Promise<Result>,
  ): Promise<Result> {
    await this.turn();
    let bytes = 0;
    try {
      let thing: Thing;
      try {
        thing = await read();
        bytes = bytesOf(thing);
      } finally {
        this.reading -= 1;
        this.heldBytes += bytes;
        this.admit();
      }
      return await use(thing);
    } finally {
      this.heldBytes -= bytes;
      this.admit();
    }
  }

  private turn(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.admit();
    });
  }

  private admit(): void {
    while (this.heldBytes < this.bounds.heldBytes && this.reading < this.bounds.readAtOnce) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.reading += 1;
      next();
    }
  }
}
