import type { Schedule } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';

/** A client's schedule: a cron expression with its time zone, or a period whose parts add up. */
export type ScheduleRequest =
  | Readonly<{ $case: 'cron'; value: Readonly<{ cronString: string; timezone: string }> }>
  | Readonly<{ $case: 'period'; value: Readonly<Record<PeriodPart, number>> }>;

type PeriodPart = 'years' | 'months' | 'weeks' | 'days' | 'hours' | 'minutes' | 'seconds';

const PART_MS: Readonly<Record<Exclude<PeriodPart, 'years' | 'months'>, number>> = {
  weeks: 7 * 24 * 3_600_000,
  days: 24 * 3_600_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
};
const SHORTEST_MS = 1_000;
const LONGEST_MS = 100 * 366 * PART_MS.days;

/** Whether a cron expression makes sense is for the scheduler to say, which keeps the calendar. */
export const readSchedule = (
  functionName: string,
  request: ScheduleRequest | undefined,
): Schedule | Refusal | undefined => {
  if (request === undefined) return undefined;
  if (request.$case === 'cron') {
    const { cronString, timezone } = request.value;
    return { kind: 'cron', expression: cronString, timeZone: timezone || 'UTC' };
  }
  const period = request.value;
  const negative = Object.entries(period).find(([, amount]) => !(amount >= 0));
  if (negative !== undefined)
    return refuse(
      'invalid',
      'negative-period',
      `Function '${functionName}': its Period has ${negative[0]}=${negative[1]}; each part must be 0 or more.`,
    );
  const months = period.years * 12 + period.months;
  const periodMs = Math.round(
    Object.entries(PART_MS).reduce((sum, [part, ms]) => sum + period[part as PeriodPart] * ms, 0),
  );
  if (months === 0 && periodMs < SHORTEST_MS)
    return refuse(
      'invalid',
      'period-too-short',
      `Function '${functionName}': its Period is ${periodMs / 1000} s; it must be at least ${SHORTEST_MS / 1000} s.`,
    );
  if (months > 1_200 || periodMs > LONGEST_MS)
    return refuse(
      'invalid',
      'period-too-long',
      `Function '${functionName}': its Period must be at most 100 years.`,
    );
  return { kind: 'period', months, periodMs };
};
