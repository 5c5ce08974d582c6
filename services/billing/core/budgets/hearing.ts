import type { Instant } from '@slipway/kernel';

/** How long usage of a container that is over may still come to a billing that hears. */
export const LAST_USAGE_WITHIN_MS = 120_000;

/** A look that comes later than this after the one before: in between usage may have found nobody to take it. */
const LOOKED_WITHIN_MS = 30_000;

/** Since when usage could come without a break, as far as billing has looked. */
export type Hearing = Readonly<{ sinceMs: Instant; lookedAtMs: Instant }>;

/** Goes on with what was known before, after a look that found the bus and the database there. */
export const hearOn = (before: Hearing | undefined, at: Instant): Hearing =>
  before !== undefined && at >= before.lookedAtMs && at <= before.lookedAtMs + LOOKED_WITHIN_MS
    ? { ...before, lookedAtMs: at }
    : { sinceMs: at, lookedAtMs: at };

/**
 * Usage of containers that were over by then is waited for no longer. Undefined until billing has heard for that long: what was
 * measured while it was away lies with the workers, and comes now.
 */
export const waitedForUntil = ({ sinceMs, lookedAtMs }: Hearing): Instant | undefined =>
  lookedAtMs - sinceMs < LAST_USAGE_WITHIN_MS ? undefined : lookedAtMs - LAST_USAGE_WITHIN_MS;
