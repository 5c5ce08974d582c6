import type { AppId, CallId, FunctionId, Schedule, WorkspaceId } from '@slipway/contracts';
import type { Decision, Instant, Refusal } from '@slipway/kernel';
import { refuseCron } from '../policies/schedules/cron-ticks.js';
import { dueTicks } from '../policies/schedules/due-ticks.js';
import { ticksOf } from '../policies/schedules/ticks-of.js';
import type { ScheduleEvent } from './schedule.events.js';
import type { FunctionSchedule } from './schedule.state.js';

export type WantedSchedule = Readonly<{
  functionId: FunctionId;
  appId: AppId;
  workspaceId: WorkspaceId;
  schedule: Schedule;
}>;

/** Why a schedule cannot be kept; undefined where it can. */
export const refuseSchedule = (schedule: Schedule | undefined, at: Instant): Refusal | undefined =>
  schedule?.kind === 'cron' ? refuseCron(schedule, at) : undefined;

/** A deployment that does not change a schedule lets it go on as it is. */
export const startSchedule = (
  before: FunctionSchedule | undefined,
  wanted: WantedSchedule,
  at: Instant,
): Decision<ScheduleEvent> => {
  if (before?.status === 'active' && JSON.stringify(before.schedule) === JSON.stringify(wanted.schedule))
    return [];
  const nextDueAt = ticksOf(wanted.schedule, at)(at);
  return [
    { type: 'schedule-started', data: { ...wanted, ...(nextDueAt === undefined ? {} : { nextDueAt }) } },
  ];
};

export const endSchedule = (
  before: FunctionSchedule,
  reason: 'app-stopped' | 'removed',
): Decision<ScheduleEvent> =>
  before.status === 'ended'
    ? []
    : [{ type: 'schedule-ended', data: { functionId: before.functionId, reason } }];

/** The events of the ticks that are due; one that fires names the call that its commit has to hold too. */
export const fireSchedule = (
  before: FunctionSchedule,
  callIdOf: (dueAt: Instant) => CallId,
  at: Instant,
): readonly ScheduleEvent[] => {
  if (before.status === 'ended' || before.nextDueAt === undefined || before.nextDueAt > at) return [];
  const { functionId, schedule, startedAt } = before;
  const { fire, missed, nextDueAt } = dueTicks(schedule, startedAt, before.nextDueAt, at);
  const next = nextDueAt === undefined ? {} : { nextDueAt };
  return [
    ...(missed === undefined
      ? []
      : [
          {
            type: 'schedule-missed' as const,
            data: { functionId, ...missed, ...(fire === undefined ? next : { nextDueAt: fire }) },
          },
        ]),
    ...(fire === undefined
      ? []
      : [
          {
            type: 'schedule-fired' as const,
            data: { functionId, dueAt: fire, callId: callIdOf(fire), ...next },
          },
        ]),
  ];
};
