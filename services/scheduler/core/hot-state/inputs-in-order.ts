import type { InputId } from '@slipway/contracts';

/** Inputs in the order in which they came; taking from the front costs the same however many there are. */
export class InputsInOrder {
  private ids: (InputId | undefined)[] = [];
  private head = 0;
  private readonly places = new Map<InputId, number>();

  get size(): number {
    return this.places.size;
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
    if (this.head > 1_000 && this.head * 2 > this.ids.length) this.compact();
  }

  *[Symbol.iterator](): Iterator<InputId> {
    for (let place = this.head; place < this.ids.length; place += 1) {
      const id = this.ids[place];
      if (id !== undefined) yield id;
    }
  }

  private compact(): void {
    this.ids = this.ids.slice(this.head);
    for (const [id, place] of this.places) this.places.set(id, place - this.head);
    this.head = 0;
  }
}
