import type { InputId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { LaterInputs } from './later-inputs.js';

/**
 * Inputs of one function in the order in which they may run; taking from the front costs the same however many wait, and those that
 * wait for their retry are apart. They come to the end when they are due: before what is added later, whoever looks in between.
 */
export class InputQueue {
  private ids: (InputId | undefined)[] = [];
  private head = 0;
  private readonly places = new Map<InputId, number>();
  private readonly later = new LaterInputs();

  get size(): number {
    return this.places.size + this.later.size;
  }

  /** `at`: now; what is available by then is due. */
  add(inputId: InputId, availableAt: Instant, at: Instant): void {
    if (this.places.has(inputId) || this.later.has(inputId)) return;
    this.release(at);
    if (availableAt > at) this.later.add(inputId, availableAt);
    else this.append(inputId);
  }

  remove(inputId: InputId): void {
    this.later.remove(inputId);
    const place = this.places.get(inputId);
    if (place === undefined) return;
    this.places.delete(inputId);
    this.ids[place] = undefined;
    while (this.head < this.ids.length && this.ids[this.head] === undefined) this.head += 1;
    if (this.head > 1_000 && this.head * 2 > this.ids.length) this.compact();
  }

  /** Those that may run by now, and after them the first one that may not yet, if there is any. */
  *due(at: Instant): Iterable<InputId> {
    this.release(at);
    yield* this.released();
    const next = this.later.first();
    if (next !== undefined) yield next.inputId;
  }

  *[Symbol.iterator](): Iterator<InputId> {
    yield* this.released();
    for (const { inputId } of this.later.inOrder()) yield inputId;
  }

  private *released(): Iterable<InputId> {
    for (let place = this.head; place < this.ids.length; place += 1) {
      const id = this.ids[place];
      if (id !== undefined) yield id;
    }
  }

  private release(at: Instant): void {
    for (
      let next = this.later.first();
      next !== undefined && next.availableAt <= at;
      next = this.later.first()
    ) {
      this.later.remove(next.inputId);
      this.append(next.inputId);
    }
  }

  private append(inputId: InputId): void {
    this.places.set(inputId, this.ids.length);
    this.ids.push(inputId);
  }

  private compact(): void {
    this.ids = this.ids.slice(this.head);
    for (const [id, place] of this.places) this.places.set(id, place - this.head);
    this.head = 0;
  }
}
