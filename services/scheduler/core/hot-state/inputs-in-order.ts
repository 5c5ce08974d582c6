import type { InputId } from '@slipway/contracts';

const FEWEST_TO_COMPACT = 1_000;

/** Inputs in the order in which they came; taking from the front costs the same however many there are, and so does what goes out of the middle. */
export class InputsInOrder {
  private ids: (InputId | undefined)[] = [];
  private head = 0;
  private readonly places = new Map<InputId, number>();

  get size(): number {
    return this.places.size;
  }

  /** What it takes in memory: the holes of those that went are among them. */
  get slots(): number {
    return this.ids.length;
  }

  has(inputId: InputId): boolean {
    return this.places.has(inputId);
  }

  /** Comes to the end; one that is there stays where it is. */
  add(inputId: InputId): void {
    if (this.places.has(inputId)) return;
    this.places.set(inputId, this.ids.length);
    this.ids.push(inputId);
  }

  remove(inputId: InputId): void {
    const place = this.places.get(inputId);
    if (place === undefined) return;
    this.places.delete(inputId);
    this.ids[place] = undefined;
    while (this.head < this.ids.length && this.ids[this.head] === undefined) this.head += 1;
    if (this.ids.length > FEWEST_TO_COMPACT && this.ids.length > this.places.size * 2) this.compact();
  }

  *[Symbol.iterator](): Iterator<InputId> {
    for (let place = this.head; place < this.ids.length; place += 1) {
      const id = this.ids[place];
      if (id !== undefined) yield id;
    }
  }

  private compact(): void {
    const left = [...this];
    for (const [place, id] of left.entries()) this.places.set(id, place);
    this.ids = left;
    this.head = 0;
  }
}
