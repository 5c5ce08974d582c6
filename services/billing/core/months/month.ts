import { refuse, type Instant, type Refusal } from '@slipway/kernel';

/** A calendar month in UTC, `2026-11`. Texts of it sort as months do. */
export type Month = string;

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const HOUR_MS = 3_600_000;

export const monthOf = (at: Instant): Month => new Date(at).toISOString().slice(0, 7);

export const monthStart = (month: Month): Instant => Date.parse(`${month}-01T00:00:00Z`);

export const nextMonth = (month: Month): Month => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

/** Exclusive. */
export const monthEnd = (month: Month): Instant => monthStart(nextMonth(month));

/** How long usage of a month that is over is waited for; what comes later is a correction on the next invoice. */
const SETTLES_IN_MS = 48 * HOUR_MS;

/** The newest month whose usage is waited for no longer: what is to be closed. */
export const lastSettledMonth = (now: Instant): Month =>
  monthOf(monthStart(monthOf(now - SETTLES_IN_MS)) - 1);

export const hourOf = (at: Instant): Instant => Math.floor(at / HOUR_MS) * HOUR_MS;

/** Reads a month that has begun. */
export const readMonth = (text: string, now: Instant): Month | Refusal => {
  if (!MONTH.test(text))
    return refuse('invalid', 'month-malformed', `The month is '${text}', but must be written as 2026-11.`);
  if (text > monthOf(now))
    return refuse(
      'invalid',
      'period-in-the-future',
      `The month ${text} has not begun: it is ${monthOf(now)}, ask for that or an earlier one.`,
    );
  return text;
};
