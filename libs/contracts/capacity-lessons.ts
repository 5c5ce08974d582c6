import type { Instant } from '@slipway/kernel';

/** What our own starts taught of one offer; older starts count less, so counts may be fractions. */
export type CapacityLesson = Readonly<{
  offerId: string;
  starts: number;
  successes: number;
  refusalsInARow: number;
  /** Nothing is asked of it until then. */
  restsUntilAt?: Instant;
  /** Nodes that we held when its vendor last said that it has no more, and until when plans believe that. */
  cap?: Readonly<{ nodes: number; believedUntilAt: Instant }>;
}>;
