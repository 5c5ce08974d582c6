import { refuse, RefusedError, type Instant } from '@slipway/kernel';

export type TimeRange = Readonly<{ since: Instant; until: Instant }>;

/** A range of time that a client asks about. Throws where it ends before it begins. */
export const readTimeRange = (since: Date | undefined, until: Date | undefined): TimeRange => {
  const range = { since: since?.getTime() ?? 0, until: until?.getTime() ?? Date.now() };
  if (range.since < range.until) return range;
  const [from, to] = [range.since, range.until].map((at) => new Date(at).toISOString());
  throw new RefusedError(
    refuse('invalid', 'empty-time-range', `since must be before until, but ${from} is not before ${to}.`),
  );
};
