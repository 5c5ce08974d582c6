import type { InputId, RetryInputs } from '@slipway/contracts';
import { eventsOf, refuse, RefusedError, type Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { retryInputForClient } from '../input/input.decide.js';
import type { InputRequeued } from '../input/input.events.js';

/** The retries of a call's inputs that count, one of each input however often it is named. Throws not-found. */
export const listRetries = (
  { state }: Engine,
  { callId, inputs }: RetryInputs,
  at: Instant,
): readonly InputRequeued[] => {
  const retries = new Map<InputId, InputRequeued>();
  for (const retry of inputs) {
    const { inputId } = retry;
    const input = state.inputs.get(inputId);
    if (input?.callId !== callId)
      throw new RefusedError(refuse('not-found', 'input-not-found', `there is no input ${inputId}`));
    const [event] = eventsOf(retryInputForClient(input, retry, at));
    if (event !== undefined && !retries.has(inputId)) retries.set(inputId, event);
  }
  return [...retries.values()];
};
