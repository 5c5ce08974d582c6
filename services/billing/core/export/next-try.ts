import { later, type Instant } from '@slipway/kernel';

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** About a day of them. */
const MOST_TRIES = 33;

/** When an export is written anew that could not be written so many times; undefined once it is given up. */
export const nextTryAt = (tries: number, at: Instant): Instant | undefined =>
  tries >= MOST_TRIES ? undefined : later(at, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)));
