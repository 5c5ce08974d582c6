import { Cron } from 'croner';
import { refuse, type Instant, type Refusal } from '@slipway/kernel';

export type CronSchedule = Readonly<{ expression: string; timeZone: string }>;

const FIVE_FIELDS = /^\s*[^\s@?]+(\s+[^\s@?]+){4}\s*$/;

/**
 * Answers the first tick of a cron expression after a moment, by the wall clock of its time zone. A tick for a fixed time
 * of the day that a change of the clock leaves out comes at the end of the gap; one for a time that comes twice comes
 * once. Throws where `refuseCron` refuses.
 */
export const cronTicks = (schedule: CronSchedule): ((after: Instant) => Instant | undefined) => {
  const cron = parse(schedule);
  return (after) => cron.nextRun(new Date(after))?.getTime();
};

/** Why an expression or a time zone cannot be used; undefined where it can. */
export const refuseCron = (schedule: CronSchedule, at: Instant): Refusal | undefined => {
  const { expression, timeZone } = schedule;
  if (!isTimeZone(timeZone))
    return refuse(
      'invalid',
      'unknown-time-zone',
      `there is no time zone '${timeZone}': use an IANA name such as 'UTC' or 'Europe/Berlin'`,
    );
  if (!FIVE_FIELDS.test(expression))
    return refuseExpression(expression, 'it needs five fields: minute hour day-of-month month day-of-week');
  try {
    if (cronTicks(schedule)(at) === undefined)
      return refuseExpression(expression, 'no day of the calendar ever fits it');
    return undefined;
  } catch (error) {
    return refuseExpression(expression, (error as Error).message.replace(/^Cron\w+: /, ''));
  }
};

const refuseExpression = (expression: string, why: string): Refusal =>
  refuse('invalid', 'invalid-cron', `the cron expression '${expression}' cannot be used: ${why}`);

const parse = ({ expression, timeZone }: CronSchedule): Cron =>
  new Cron(expression.trim(), { timezone: timeZone, mode: '5-part', fixedTimeRule: 'no-wildcard' });

const isTimeZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
