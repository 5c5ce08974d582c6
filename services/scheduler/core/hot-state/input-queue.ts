import type { InputId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { InputsInOrder } from './inputs-in-order.js';
import { LaterInputs } from './later-inputs.js';

/**
 * Inputs of one function in the order in which they may run; those that wait for their retry are apart. They come to the end when they
 * are due: before what is added later, whoever looks in between.
 */
export class InputQueue {
  private readonly released = new InputsInOrder();
  private readonly later = new LaterInputs();

  get size(): number {
    return this.released.size + this.later.size;
  }

  /** `at`: now; what is available by then is due. */
  add(inputId: InputId, availableAt: Instant, at: Instant): void {
    if (this.released.has(inputId) || this.later.has(inputId)) return;
    this.release(at);
    if (availableAt > at) this.later.add(inputId, availableAt);
    else this.released.add(inputId);
  }

  remove(inputId: InputId): void {
    this.later.remove(inputId);
    this.released.remove(inputId);
  }

  /** Those that may run by now, and after them the first one that may not yet, if there is any. */
  *due(at: Instant): Iterable<InputId> {
    this.release(at);
    yield* this.released;
    const next = this.later.first();
    if (next !== undefined) yield next.inputId;
  }

  *[Symbol.iterator](): Iterator<InputId> {
    yield* this.released;
    for (const { inputId } of this.later.inOrder()) yield inputId;
  }

  private release(at: Instant): void {
    for (
      let next = this.later.first();
      next !== undefined && next.availableAt <= at;
      next = this.later.first()
    ) {
      this.later.remove(next.inputId);
      this.released.add(next.inputId);
    }
  }
}
