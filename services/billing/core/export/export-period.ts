import { refuse, type Instant, type Refusal } from '@slipway/kernel';
import { monthEnd, monthOf, monthStart, type Month } from '../months/month.js';

/** From its beginning (inclusive) to its end (exclusive): whole days in UTC. */
export type ExportPeriod = Readonly<{ from: Instant; to: Instant }>;

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;

/** Refuses what is no stretch of whole days, begins in the future, or is longer than a year. */
export const exportPeriod = (from: Instant, to: Instant, now: Instant): ExportPeriod | Refusal => {
  const shown = (at: Instant): string => (Number.isNaN(at) ? 'no moment' : new Date(at).toISOString());
  for (const [name, at] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (at % DAY_MS !== 0)
      return refuse(
        'invalid',
        'period-not-whole-days',
        `${name} is ${shown(at)}, but must be the beginning of a day in UTC, such as 2026-11-01.`,
      );
  if (to <= from)
    return refuse(
      'invalid',
      'period-empty',
      `to is ${shown(to)}, but must be later than from, which is ${shown(from)}: the end is exclusive.`,
    );
  if (from > now)
    return refuse(
      'invalid',
      'period-in-the-future',
      `from is ${shown(from)}, but must not be later than now, ${shown(now)}.`,
    );
  if (to - from > MOST_DAYS * DAY_MS)
    return refuse(
      'invalid',
      'period-too-long',
      `from ${shown(from)} to ${shown(to)} is ${(to - from) / DAY_MS} days, but one export may have at most ${MOST_DAYS}.`,
    );
  return { from, to };
};

/**
 * A period's part in one month: what is billed in it. Late use of earlier months is billed with the month's beginning and credit
 * with its end, so that periods that follow one another have everything once, and a whole month is its invoices.
 */
export type MonthPart = Readonly<{
  month: Month;
  /** Hours of use; from the beginning of all time where late use belongs to it. */
  fromHour: Instant;
  toHour: Instant;
  /** When what was put right by hand was booked. */
  from: Instant;
  to: Instant;
  withCredits: boolean;
}>;

export const monthParts = ({ from, to }: ExportPeriod): readonly MonthPart[] => {
  const parts: MonthPart[] = [];
  for (let start = from; start < to; start = monthEnd(monthOf(start))) {
    const month = monthOf(start);
    const end = Math.min(to, monthEnd(month));
    parts.push({
      month,
      fromHour: start === monthStart(month) ? 0 : start,
      toHour: end,
      from: start,
      to: end,
      withCredits: end === monthEnd(month),
    });
  }
  return parts;
};
