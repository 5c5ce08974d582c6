import type { Instant } from '@slipway/kernel';

/** Clocks are put right by less than this; it is below the least age at which a view of the fleet is too old to act on. */
const MOST_PUT_RIGHT_MS = 60_000;

/** Whether a moment that was written down lies so far ahead of the clock that the clock must have been wrong then. */
export const isFromTheFuture = (at: Instant, now: Instant): boolean => at - now > MOST_PUT_RIGHT_MS;

/**
 * For which moment a plan is made: never earlier than the last one, whose order they keep; but a last one from the future is not
 * kept to, or demand and fleet would look old until that moment came.
 */
export const planningMoment = (now: Instant, lastMadeAt: Instant | undefined): Instant =>
  lastMadeAt === undefined || isFromTheFuture(lastMadeAt, now) ? now : Math.max(now, lastMadeAt + 1);
