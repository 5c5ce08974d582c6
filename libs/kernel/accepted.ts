import type { Decision } from './decision.js';
import { isRefusal, type Refusal } from './refusal.js';
import { RefusedError } from './refused-error.js';

/** The value of something that could have been refused; throws the refusal. */
export const accepted = <Value>(value: Value | Refusal): Value => {
  if (isRefusal(value)) throw new RefusedError(value);
  return value;
};

/** The events of a decision; throws its refusal. */
export const eventsOf = <Event>(decision: Decision<Event>): readonly Event[] =>
  accepted<readonly Event[]>(decision);
