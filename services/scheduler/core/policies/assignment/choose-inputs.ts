import { MOST_LISTED_BYTES, type InputId } from '@slipway/contracts';
import { later, type Instant } from '@slipway/kernel';
import type { QueuedInput } from '../../input/input.state.js';
import { mostBytesOfInput } from '../messages/most-bytes-of.js';

export type Slots = Readonly<{ maxInputs: number; lingerMs: number }>;

/** `readyAt`: when it is worth looking again, if nothing is given now and nothing else happens. */
export type Choice = Readonly<{ inputIds: readonly InputId[]; readyAt?: Instant }>;

/**
 * Which inputs a container with free slots gets: the oldest that may run, all for one method.
 * A batch that is not full waits for more until its oldest input has waited for the linger time; full it is too when a message is.
 */
export const chooseInputs = (queue: Iterable<QueuedInput>, slots: Slots, at: Instant): Choice => {
  const chosen: QueuedInput[] = [];
  let retryAt: Instant | undefined;
  let bytes = 0;
  let isFull = false;
  for (const input of queue) {
    if (input.availableAt > at) {
      retryAt = Math.min(retryAt ?? input.availableAt, input.availableAt);
      continue;
    }
    if (chosen[0] !== undefined && chosen[0].methodName !== input.methodName) continue;
    bytes += mostBytesOfInput(input);
    // One at least, however large it is.
    if (chosen.length === 0 || bytes <= MOST_LISTED_BYTES) chosen.push(input);
    isFull = chosen.length === slots.maxInputs || bytes > MOST_LISTED_BYTES;
    if (isFull) break;
  }
  const [oldest] = chosen;
  if (oldest === undefined) return { inputIds: [], ...(retryAt === undefined ? {} : { readyAt: retryAt }) };
  const fullAt = later(oldest.availableAt, slots.lingerMs);
  if (!isFull && fullAt > at) return { inputIds: [], readyAt: fullAt };
  return { inputIds: chosen.map((input) => input.inputId) };
};
