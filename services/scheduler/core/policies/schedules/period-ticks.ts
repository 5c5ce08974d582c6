import type { Instant } from '@slipway/kernel';

export type Period = Readonly<{ months: number; periodMs: number }>;

const LONGEST_MONTH_MS = 31 * 24 * 3_600_000;

/** The first tick of a period after a moment. Ticks are counted from `anchorAt`, so that none drifts by the lateness of the one before. */
export const nextPeriodTick = (period: Period, anchorAt: Instant, after: Instant): Instant => {
  const longestMs = period.months * LONGEST_MONTH_MS + period.periodMs;
  let n = Math.max(1, Math.floor((after - anchorAt) / longestMs));
  while (tick(period, anchorAt, n) <= after) n += 1;
  return tick(period, anchorAt, n);
};

const tick = ({ months, periodMs }: Period, anchorAt: Instant, n: number): Instant =>
  addMonths(anchorAt, n * months) + Math.round(n * periodMs);

/** The same day and time of a later month in UTC, or the last day of that month where it is shorter. */
const addMonths = (at: Instant, months: number): Instant => {
  if (months === 0) return at;
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
};
