import type { Schedule, ScheduleView } from '@slipway/contracts';

const moment = (at: number): string => new Date(at).toISOString();

const whenOf = (schedule: Schedule): Record<string, unknown> =>
  schedule.kind === 'cron'
    ? { cron: schedule.expression, timeZone: schedule.timeZone }
    : {
        ...(schedule.months > 0 ? { periodMonths: schedule.months } : {}),
        ...(schedule.periodMs > 0 ? { periodSeconds: schedule.periodMs / 1000 } : {}),
      };

/** What the API's description says of the fields of schedules that do not speak for themselves. */
export const SCHEDULE_FIELDS =
  'Of missedRuns, `ticks` is how many were missed; where `atLeast` is true the count ended there, and more were missed until `noticedAt`.';

/** A schedule as the API shows it: when it ticks, what its last ticks became, and which ticks nobody was there for. */
export const shownSchedule = (view: ScheduleView): Record<string, unknown> => ({
  ...whenOf(view.schedule),
  state: view.state,
  startedAt: moment(view.startedAt),
  ...(view.nextDueAt === undefined ? {} : { nextRunAt: moment(view.nextDueAt) }),
  lastRuns: view.runs.map(({ dueAt, firedAt, callId }) => ({
    dueAt: moment(dueAt),
    firedAt: moment(firedAt),
    callId,
  })),
  missedRuns: view.missed.map(({ firstDueAt, lastDueAt, ticks, atLeast = false, noticedAt }) => ({
    firstDueAt: moment(firstDueAt),
    lastDueAt: moment(lastDueAt),
    ticks,
    atLeast,
    noticedAt: moment(noticedAt),
  })),
});
