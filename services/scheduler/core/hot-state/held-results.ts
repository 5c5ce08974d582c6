import type { InputId } from '@slipway/contracts';
import type { OutcomePlace } from '../input/input.state.js';
import { InputsInOrder } from './inputs-in-order.js';

/** How many bytes of results are in memory at most, of all calls together. */
const MOST_HELD_BYTES = 64 * 1024 * 1024;
/** A result up to this stays with its input, which takes more than it does. */
const SMALL_BYTES = 1024;

/** The results that are in memory, the newest ones: what nobody has asked for lately is in the log alone. */
export class HeldResults {
  private readonly order = new InputsInOrder();
  private readonly places = new Map<InputId, OutcomePlace>();
  private bytes = 0;

  constructor(private readonly mostBytes: number = MOST_HELD_BYTES) {}

  /** Answers whose results go to make room: those that have been here for longest, and this one too if it is larger than all the room. */
  hold(inputId: InputId, place: OutcomePlace): readonly (readonly [InputId, OutcomePlace])[] {
    if (place.bytes <= SMALL_BYTES) return [];
    this.order.add(inputId);
    this.places.set(inputId, place);
    this.bytes += place.bytes;
    const gone: (readonly [InputId, OutcomePlace])[] = [];
    while (this.bytes > this.mostBytes) {
      // Begun anew each time: what is removed may move those behind it.
      const [oldest] = this;
      gone.push(oldest!);
      this.forget(oldest![0]);
    }
    return gone;
  }

  forget(inputId: InputId): void {
    this.bytes -= this.places.get(inputId)?.bytes ?? 0;
    this.places.delete(inputId);
    this.order.remove(inputId);
  }

  /** The longest held first. */
  *[Symbol.iterator](): Iterator<readonly [InputId, OutcomePlace]> {
    for (const inputId of this.order) yield [inputId, this.places.get(inputId)!];
  }
}
