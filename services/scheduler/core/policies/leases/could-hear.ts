import type { Instant } from '@slipway/kernel';

/** Without a look of its own, or a word from the bus, for so long the scheduler counts as deaf. */
export const DEAF_AFTER_MS = 2_000;

export type Hearing = Readonly<{
  /** When it last looked at who is silent. */
  lookedAt: Instant;
  /** When the bus was last known to carry messages to it. */
  busHeardAt: Instant;
}>;

/**
 * Whether anybody could have been heard since the last look. Silence says nothing of workers and clients while the process stood
 * still or the bus was away.
 */
export const couldHear = ({ lookedAt, busHeardAt }: Hearing, at: Instant): boolean =>
  at - lookedAt <= DEAF_AFTER_MS && at - busHeardAt <= DEAF_AFTER_MS;
