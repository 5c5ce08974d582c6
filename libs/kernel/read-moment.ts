import type { Instant } from './instant.js';

/** RFC 3339: a day, which begins at midnight UTC, or a moment to the minute or finer with its zone. */
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** What `readMoment` reads, for messages. */
export const A_MOMENT = 'a day such as 2027-11-01, or a moment with its zone such as 2027-11-01T08:00:00Z';

/**
 * The moment that a text names, such as `2027-11-01` or `2027-11-01T08:00:00Z`. Nothing where it names none, as the
 * 31st of February, or one that depends on where it is read, as an hour without a zone.
 */
export const readMoment = (text: unknown): Instant | undefined => {
  const day = typeof text === 'string' ? MOMENT.exec(text)?.[1] : undefined;
  if (day === undefined) return undefined;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Some engines take the 31st of February for a day of March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
  const moment = Date.parse(text as string);
  return Number.isNaN(moment) ? undefined : moment;
};
