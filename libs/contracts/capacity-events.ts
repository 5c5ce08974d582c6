import type { Fact } from './facts.js';

/** One event of the planner's log, as other services hear of it. */
export type CapacityEvent = Readonly<{
  /** Events are numbered in the order in which they happened. */
  position: number;
  fact: Fact;
}>;
