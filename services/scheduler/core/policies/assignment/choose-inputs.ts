import type { InputId } from '@slipway/contracts';
import { later, type Instant } from '@slipway/kernel';
import type { QueuedInput } from '../../input/input.state.js';

export type Slots = Readonly<{ maxInputs: number; lingerMs: number }>;

/** `readyAt`: when it is worth looking again, if nothing is given now and nothing else happens. */
export type Choice = Readonly<{ inputIds: readonly InputId[]; readyAt?: Instant }>;

/**
 * Which inputs a container with free slots gets: the oldest that may run, all for one method.
 * A batch that is not full waits for more until its oldest input has waited for the linger time.
 */
export const chooseInputs = (queue: Iterable<QueuedInput>, slots: Slots, at: Instant): Choice => {
  const chosen: QueuedInput[] = [];
  let retryAt: Instant | undefined;
  for (const input of queue) {
    if (input.availableAt > at) {
      retryAt = Math.min(retryAt ?? input.availableAt, input.availableAt);
      continue;
    }
    if (chosen[0] !== undefined && chosen[0].methodName !== input.methodName) continue;
    chosen.push(input);
    if (chosen.length === slots.maxInputs) break;
  }
  const [oldest] = chosen;
  if (oldest === undefined) return { inputIds: [], ...(retryAt === undefined ? {} : { readyAt: retryAt }) };
  const fullAt = later(oldest.availableAt, slots.lingerMs);
  if (chosen.length < slots.maxInputs && fullAt > at) return { inputIds: [], readyAt: fullAt };
  return { inputIds: chosen.map((input) => input.inputId) };
};
