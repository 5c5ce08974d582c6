import { refuse, RefusedError } from '@slipway/kernel';
import type { TimeRange } from '@slipway/gateway-core';

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_DAYS = 35;

/** From the beginning, or up to now, where a bound is missing. Throws RefusedError for a span that is empty or too long. */
export const readTimeRange = (since: Date | undefined, until: Date | undefined, now: number): TimeRange => {
  const end = until?.getTime() ?? now;
  const start = since?.getTime() ?? end - MOST_DAYS * DAY_MS;
  if (start >= end)
    throw new RefusedError(
      refuse(
        'invalid',
        'time-range-empty',
        `since is ${new Date(start).toISOString()}, but must be before until, which is ${new Date(end).toISOString()}`,
      ),
    );
  if (end - start > MOST_DAYS * DAY_MS)
    throw new RefusedError(
      refuse(
        'invalid',
        'time-range-too-long',
        `since and until are ${Math.ceil((end - start) / DAY_MS)} days apart, but at most ${MOST_DAYS} are read at once`,
      ),
    );
  return { since: start, until: end };
};
